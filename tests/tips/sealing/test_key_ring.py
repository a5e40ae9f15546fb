"""Master keys: each wrapped key names the one that wrapped it; the ring opens all, the current one wraps."""

import json
import threading
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from config import checks
from tests.factories.tips import RECEIVED, a_real_name_filing, a_tip
from tips.models import Tip, TipKey
from tips.receipts import receipt_code
from tips.sealing import contents, envelopes, identity, key_ring
from tips.sealing.envelopes import MasterKeyMissing, SealBroken
from tips.sealing.key_counts import held_keys, missing_keys
from tips.selectors import tip_of_code
from tips.services.renew_receipt import renew_receipt
from tips.services.rewrap_keys import rewrap_batch
from workflows.models import JournalEntry

NEW, OTHER = bytes(range(32)), bytes(range(100, 132))


def with_new_keys(settings) -> None:  # type: ignore[no-untyped-def]
    """The bureau has new keys; the old ones are among the earlier."""
    settings.CONTENT_EARLIER_KEYS = [settings.CONTENT_KEY]
    settings.IDENTITY_EARLIER_KEYS = [settings.IDENTITY_KEY]
    settings.CONTENT_KEY, settings.IDENTITY_KEY = NEW, OTHER


def without_earlier_keys(settings) -> None:  # type: ignore[no-untyped-def]
    settings.CONTENT_EARLIER_KEYS, settings.IDENTITY_EARLIER_KEYS = [], []


def rotated(*args: str) -> dict[str, object]:
    out = StringIO()
    call_command("rotate_keys", "--json", *args, stdout=out)
    return json.loads(out.getvalue())


def test_a_wrapped_key_carries_the_name_of_its_master_key(settings) -> None:
    wrapped = envelopes.wrap_for_bureau(envelopes.new_key(), "举1")

    assert envelopes.master_of(wrapped) == key_ring.id_of(settings.CONTENT_KEY)
    assert settings.CONTENT_KEY not in wrapped


def test_an_earlier_key_opens_what_it_wrapped_and_no_longer_when_it_is_gone(settings) -> None:
    key = envelopes.new_key()
    wrapped = envelopes.wrap_for_bureau(key, "举1")
    with_new_keys(settings)

    assert envelopes.unwrap_for_bureau(wrapped, "举1") == key
    without_earlier_keys(settings)
    with pytest.raises(MasterKeyMissing):
        envelopes.unwrap_for_bureau(wrapped, "举1")


def test_a_key_does_not_open_under_the_name_of_another(settings) -> None:
    wrapped = bytearray(envelopes.wrap_for_bureau(envelopes.new_key(), "举1"))
    with_new_keys(settings)
    wrapped[1 : envelopes.NAMED_HEAD] = key_ring.id_of(NEW)

    with pytest.raises(SealBroken):
        envelopes.unwrap_for_bureau(bytes(wrapped), "举1")


def test_what_was_wrapped_before_keys_had_names_still_opens(settings) -> None:
    key = envelopes.new_key()
    master = key_ring.content().current
    wrapped = envelopes.seal(master.wrapping_key, key, "举1 key for bureau")
    with_new_keys(settings)

    assert envelopes.master_of(wrapped) is None
    assert envelopes.unwrap_for_bureau(wrapped, "举1") == key


pytestmark_db = pytest.mark.usefixtures("models")


@pytestmark_db
def test_rotation_wraps_everything_anew_and_says_that_the_old_keys_can_go(settings) -> None:
    filed = [a_tip(a_real_name_filing()), a_tip(), a_tip()]
    words = contents.open_words(filed[0].tip, contents.content_key(filed[0].tip))
    with_new_keys(settings)

    assert rotated("--dry-run")["rewrapped"] == 0
    answer = rotated("--batch", "2")

    assert answer["rewrapped"] == 4
    assert [held.key for held in held_keys() if held.purpose != "pepper" and not held.is_needed] == [
        key_ring.id_of(settings.CONTENT_EARLIER_KEYS[0]).hex(),
        key_ring.id_of(settings.IDENTITY_EARLIER_KEYS[0]).hex(),
    ]
    without_earlier_keys(settings)
    tip = Tip.objects.get(pk=filed[0].tip.pk)
    assert contents.open_words(tip, contents.content_key(tip)) == words
    known = identity.known_identity(tip)
    assert known is not None and known.name == "周举报"
    assert rotated()["rewrapped"] == 0
    entries = JournalEntry.objects.filter(act="keys_rewrapped")
    assert sum(entry.details["keys"] for entry in entries) == 4


@pytestmark_db
def test_a_key_that_is_missing_is_named_and_stops_the_start(settings) -> None:
    filed = a_tip()
    old = key_ring.id_of(settings.CONTENT_KEY).hex()
    with_new_keys(settings)
    without_earlier_keys(settings)
    settings.IDENTITY_KEY = OTHER
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("rotate_keys", stdout=out, stderr=StringIO())

    assert filed.tip.number in out.getvalue() and "MISSING" in out.getvalue()
    assert [held.key for held in missing_keys()] == [old]
    found = checks.every_master_key_is_there(databases=["default"])
    assert [message.id for message in found] == ["house.E003"]
    assert TipKey.objects.filter(for_bureau=None).count() == 0


@pytestmark_db
def test_a_receipt_is_found_under_an_earlier_pepper_and_moves_when_it_is_used(settings) -> None:
    filed = a_tip()
    settings.RECEIPT_EARLIER_PEPPERS = [settings.RECEIPT_PEPPER]
    settings.RECEIPT_PEPPER = NEW

    found = tip_of_code(filed.code)
    assert found == filed.tip
    assert found is not None and renew_receipt(found, filed.code)

    settings.RECEIPT_EARLIER_PEPPERS = []
    assert tip_of_code(filed.code) == filed.tip
    assert bytes(Tip.objects.get().receipt_digest) == receipt_code.digest(filed.code)
    assert not renew_receipt(found, filed.code)


def at_once(*tasks: Callable[[], object]) -> list[BaseException]:
    """Run the tasks in threads of their own that begin together; what they raised."""
    gate, raised = threading.Barrier(len(tasks)), []

    def run(task: Callable[[], object]) -> None:
        try:
            gate.wait()
            task()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.mark.django_db(transaction=True)
def test_people_file_while_keys_rotate_and_every_tip_opens_afterwards(settings) -> None:
    from tests.tips.conftest import publish

    publish()
    for _ in range(3):
        a_tip(a_real_name_filing())
    with_new_keys(settings)

    def rotate() -> None:
        for _ in range(4):
            after: int | None = 0
            while after is not None:
                after = rewrap_batch(after=after, now=RECEIVED, size=2).last

    def file() -> None:
        for _ in range(4):
            a_tip(a_real_name_filing())

    assert at_once(rotate, rotate, file) == []

    without_earlier_keys(settings)
    tips = list(Tip.objects.all())
    assert len(tips) == 7
    for tip in tips:
        assert contents.open_words(tip, contents.content_key(tip)).story
        known = identity.known_identity(tip)
        assert known is not None and known.name == "周举报"
