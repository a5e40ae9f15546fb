"""Keys that are derived stay what they were: another byte, and nothing that was sealed opens any more."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tips.coming_back import tipster_session
from tips.effort import proof
from tips.files import baskets
from tips.receipts import acknowledgement_keys, receipt_code
from tips.rules import commitment, derived_keys
from tips.sealing import blind_marks, envelopes, key_ring

MATERIAL = bytes(range(32))
CODE = "7K2MABCDEFGHJKMNPQRS"


def test_the_keys_of_tips() -> None:
    assert (
        envelopes.tipster_key(CODE).hex()
        == "e2406bb70af53141b4789f5833a89ac2d654a2e98b2c8ba05dad254ccb4ad030"
    )
    assert receipt_code.from_seed(MATERIAL) == "Z1R0KKDW37B0E30PFEP8KC"
    assert (
        tipster_session._key("a token").hex()
        == "c870f7a059e70918c240dd421cf6910adf90ada5baa517122654b17cf3579f28"
    )
    assert (
        blind_marks._key(MATERIAL).hex() == "ae1ccda797169962547270ffd3d0817105faa0665e8c72b97296afbeff63d7ee"
    )
    assert (
        commitment.salt_of(MATERIAL).hex()
        == "0820f80b33532640ad42445963e2ccd102b883358d3b622b6ac716f5f7e79d77"
    )


def test_the_keys_that_wrap(settings) -> None:  # type: ignore[no-untyped-def]
    settings.CONTENT_KEY = settings.IDENTITY_KEY = MATERIAL

    assert (
        key_ring.content().current.wrapping_key.hex()
        == "9d52f1ee6b684ebe88b2d47701c86e04ac5b3436cd5fa48a81534f2e0b908d81"
    )
    assert (
        key_ring.identity().current.wrapping_key.hex()
        == "310cb9570586d3e8d96c2d939157e606aa8ed0c63e157fc49ade795eeecbeb9f"
    )


def test_the_key_of_a_basket(settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(baskets.secrets, "token_bytes", lambda length: MATERIAL[:length])
    owner = baskets.owner_of_basket(baskets.new_basket())

    assert owner is not None
    assert owner.wrapping_key.hex() == "8dde7d686129371a134a591d9e23714f574694cccacc51b31b4f6d5e9d1bf824"


def test_the_key_that_signs_acknowledgements() -> None:
    private = acknowledgement_keys._private(MATERIAL)

    assert (
        private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption()).hex()
        == "7411eb6ac2155bdf4c02bbb681107b5206f5b6bde75b1d735913396bfce2fe47"
    )


def test_the_keys_of_proofs_of_work(settings) -> None:  # type: ignore[no-untyped-def]
    settings.SECRET_KEY = "a secret of a test"

    assert (
        proof._key(b"challenge").hex() == "6fd754d95e310bd3847c2cf3b6d8722ec1d03be48d99a04a3143247ff15e5870"
    )
    assert proof._key(b"solution").hex() == "84cf4f29554f6f98ed745e0a501de8da45d49fcb6942c465af7fe0f2dcff8aca"


def test_every_derived_key_comes_from_one_place() -> None:
    folder = Path(derived_keys.__file__).parents[1]
    users = {path.name for path in folder.rglob("*.py") if "HKDF(" in path.read_text()}

    assert users == {"derived_keys.py"}
