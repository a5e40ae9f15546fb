"""The signed acknowledgement: what it proves, what it hides, who can check it."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from checkers import check_acknowledgement as checker
from tests.factories.tips import PNG, STORY, a_real_name_filing, a_tip
from tips.files.attachments import Attachment
from tips.receipts import acknowledgement, acknowledgement_keys, receipt_code
from tips.rules import commitment
from tips.services.file_tip import FiledTip
from workflows.models import JournalEntry
from workflows.sealing import keys as journal_keys

pytestmark = pytest.mark.usefixtures("models")
CHECKER = Path(__file__).parents[3] / "checkers" / "check_acknowledgement.py"
OURS = "ours.png"


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    caches["short_lived"].clear()


@pytest.fixture
def filed(client: Client) -> FiledTip:
    made = a_tip(a_real_name_filing(), files=[Attachment.of(OURS, "image/png", PNG)])
    client.post(reverse("tips:follow"), {"code": made.code})
    return made


def fetched(client: Client, wanted: str) -> bytes:
    response = client.post(reverse("tips:report_acknowledgement"), {"wanted": wanted})
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    return response.content


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the checker as a court does: without the product."""

    def run(shown: bytes, *arguments: str, key: str = "", **files: bytes) -> tuple[int, str]:
        for name, content in {"shown": shown, **files}.items():
            (tmp_path / name).write_bytes(content)
        key = key or acknowledgement_keys.public_key().hex()
        command = [sys.executable, "-I", str(CHECKER), "shown", "--key", key, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


def test_it_is_proved_without_the_product(client: Client, filed: FiledTip, check: Any) -> None:
    status, said = check(fetched(client, "statement"))

    assert status == 0
    assert filed.tip.number in said


def test_it_reveals_nothing(client: Client, filed: FiledTip) -> None:
    shown = fetched(client, "statement").decode() + fetched(client, "paper").decode("latin-1")

    for secret in (STORY, "云河康宁医院", "周举报", OURS, filed.code, receipt_code.grouped(filed.code)):
        assert secret not in shown


def test_the_proof_of_content_opens_the_commitment(client: Client, filed: FiledTip, check: Any) -> None:
    shown, proof = fetched(client, "statement"), fetched(client, "proof")

    status, said = check(shown, "--proof", "proof", "--file", "ours", proof=proof, ours=PNG)

    assert status == 0
    assert STORY in said


@pytest.mark.parametrize("part", ["salt", "content"])
def test_an_altered_proof_opens_nothing(client: Client, filed: FiledTip, check: Any, part: str) -> None:
    shown, proof = fetched(client, "statement"), json.loads(fetched(client, "proof"))
    proof[part] = proof[part].replace("0", "1").replace("三次", "两次")

    assert check(shown, "--proof", "proof", proof=json.dumps(proof).encode())[0] == 1


def test_a_file_that_was_not_filed_is_found_out(client: Client, filed: FiledTip, check: Any) -> None:
    shown, proof = fetched(client, "statement"), fetched(client, "proof")

    status, said = check(shown, "--proof", "proof", "--file", "other", proof=proof, other=b"another")

    assert status == 1
    assert "not among" in said


def test_an_altered_statement_is_refused_by_both(client: Client, filed: FiledTip, check: Any) -> None:
    shown = json.loads(fetched(client, "statement"))
    shown["statement"] = shown["statement"].replace("2025-03-12", "2025-03-11")
    altered = json.dumps(shown, ensure_ascii=False)

    assert check(altered.encode())[0] == 1
    assert acknowledgement.checked(altered)[1] is False


def test_the_public_page_knows_the_file_and_the_code_of_the_paper(client: Client, filed: FiledTip) -> None:
    shown = fetched(client, "statement")
    code = acknowledgement.check_code(json.loads(shown))
    broken = "\n".join(code[at : at + 48] for at in range(0, len(code), 48))
    stranger = Client()

    by_file = stranger.post(
        reverse("tips:acknowledgement_check"), {"file": SimpleUploadedFile("a.json", shown)}
    )
    by_code = stranger.post(reverse("tips:acknowledgement_check"), {"text": broken})

    for response in (by_file, by_code):
        assert response.context["is_signed"] is True
        assert filed.tip.number in response.content.decode()


@pytest.mark.parametrize(
    "nonsense", ["", "{", "[]", "{}", "词", "AAAA", "[" * 40000, '{"format":"fundguard-acknowledgement-1"}']
)
def test_what_is_none_is_refused_in_a_sentence(client: Client, nonsense: str) -> None:
    response = client.post(reverse("tips:acknowledgement_check"), {"text": nonsense})

    assert response.status_code == 422
    assert "facts" not in response.context


def test_the_paper_carries_the_check_code(client: Client, filed: FiledTip, tmp_path: Path) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(fetched(client, "paper"))

    text = "".join(PdfReader(paper).pages[0].extract_text().split())

    found = text[text.index("eyJ") :].split("核验方法")[0]
    facts, is_signed = acknowledgement.checked(found)
    assert is_signed
    assert facts["number"] == filed.tip.number


def test_the_salt_needs_the_code(client: Client, filed: FiledTip) -> None:
    facts = json.loads(json.loads(fetched(client, "statement"))["statement"])
    other = commitment.salt_of(b"another key")
    content = json.loads(fetched(client, "proof"))["content"]

    assert commitment.commitment(other, content) != facts["commitment"]


def test_taking_one_is_journalled_without_what_it_says(client: Client, filed: FiledTip) -> None:
    fetched(client, "statement")

    entry = JournalEntry.objects.get(act="acknowledgement_issued")
    assert (entry.subject_id, entry.agent, entry.details) == (filed.tip.pk, "tipster", {})


def test_without_a_look_up_nothing_is_handed_out(client: Client) -> None:
    response = client.post(reverse("tips:report_acknowledgement"), {"wanted": "proof"})

    assert response.url == reverse("tips:follow")


def test_its_key_is_not_the_journals_and_earlier_ones_stay_good(client: Client, filed: FiledTip) -> None:
    shown = fetched(client, "statement").decode()
    earlier = acknowledgement_keys.public_key()

    assert earlier != journal_keys.public_key()
    with override_settings(JOURNAL_KEY=b"n" * 32):
        assert acknowledgement.checked(shown)[1] is False
        with override_settings(ACKNOWLEDGEMENT_EARLIER_KEYS=(earlier,)):
            assert acknowledgement.checked(shown)[1] is True


@settings(max_examples=25, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), words=st.binary(max_size=200), flip=st.integers(0, 511))
def test_the_checkers_signatures_are_those_of_the_library(seed: bytes, words: bytes, flip: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(words)
    altered = bytearray(signature)
    altered[flip // 8] ^= 1 << flip % 8

    assert checker.is_signed(words, signature, public)
    assert not checker.is_signed(words, bytes(altered), public)
    assert not checker.is_signed(words + b"x", signature, public)


@given(files=st.lists(st.text("0123456789abcdef", min_size=64, max_size=64)))
def test_the_order_of_files_makes_no_difference(files: list[str]) -> None:
    assert commitment.content_text({"a": 1}, files) == commitment.content_text({"a": 1}, reversed(files))
