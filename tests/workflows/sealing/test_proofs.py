"""Proofs of entries, checked by the program that stands alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from workflows.models import JournalEntry, JournalHead, Run
from workflows.sealing.heads import published
from workflows.sealing.keys import public_key
from workflows.sealing.proofs import prove
from workflows.sealing.sealer import seal

pytestmark = pytest.mark.django_db(transaction=True)
CHECKER = Path(__file__).parents[3] / "checkers" / "check_journal_proof.py"


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the checker on a proof as a court does: status and what it says."""

    def run(proof: Any, *heads: Any, key: str = "") -> tuple[int, str]:
        (tmp_path / "proof.json").write_text(json.dumps(proof))
        arguments = ["proof.json", "--key", key or public_key().hex()]
        for number, head in enumerate(heads):
            (tmp_path / f"head{number}.json").write_text(json.dumps(head))
            arguments += ["--head", f"head{number}.json"]
        # Isolated: neither the product nor its settings can be imported.
        command = [sys.executable, "-I", str(CHECKER), *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


@pytest.fixture
def proof(sealed: list[int], moment: datetime) -> dict[str, Any]:
    """The proof of two entries of a day that is over."""
    seal(moment + timedelta(days=1))
    return prove(JournalEntry.objects.filter(pk__in=[sealed[1], sealed[11]]))


def test_a_proof_leads_to_the_published_head(
    proof: dict[str, Any], check: Callable[..., tuple[int, str]]
) -> None:
    head = published(JournalHead.objects.get())

    status, words = check(proof, head)

    assert status == 0
    assert words.count("under the head of 2025-03-12, which is the published one") == 2
    assert "Proved. Entries: 2" in words


def test_every_entry_of_a_day_can_be_proved(
    proof: dict[str, Any], check: Callable[..., tuple[int, str]]
) -> None:
    assert check(prove(JournalEntry.objects.all()))[0] == 0


def test_an_entry_of_today_is_proved_by_its_signed_batch(
    sealed: list[int], check: Callable[..., tuple[int, str]]
) -> None:
    status, words = check(prove(JournalEntry.objects.filter(pk=sealed[0])))

    assert status == 0
    assert "in signed batch 1; the head of that day is not out yet" in words


def altered(words: str, **changes: Any) -> str:
    """A canonical text with other facts in it."""
    return json.dumps(
        {**json.loads(words), **changes}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )


FORGERIES: dict[str, tuple[Callable[[dict[str, Any]], None], str]] = {
    "entry": (
        lambda p: p["entries"][1].update(entry=altered(p["entries"][1]["entry"], act="forged")),
        "does not lead to the root of batch 4",
    ),
    "salt": (lambda p: p["entries"][0].update(salt="00" * 16), "does not lead to the root of batch 1"),
    "position": (lambda p: p["entries"][0].update(position=0), "does not lead to the root of batch 1"),
    "path": (lambda p: p["entries"][0]["path"].pop(), "does not lead to the root of batch 1"),
    "batch": (
        lambda p: p["batches"]["1"].update(header=altered(p["batches"]["1"]["header"], sealed_at="1999")),
        "the signature of batch 1 is wrong",
    ),
    "batch path": (lambda p: p["batches"]["1"].update(position=1), "batch 1 does not belong to the head"),
    "head": (
        lambda p: p["heads"]["2025-03-12"].update(head=altered(p["heads"]["2025-03-12"]["head"], entries=1)),
        "the signature of the head of 2025-03-12 is wrong",
    ),
    "head signature": (
        lambda p: p["heads"]["2025-03-12"].update(signature="00" * 64),
        "the signature of the head of 2025-03-12 is wrong",
    ),
    "nothing": (lambda p: p.update(entries=[]), "holds no entry"),
    "format": (lambda p: p.update(format="another"), "does not know the format"),
    "no parts": (lambda p: p.pop("batches"), "cannot be read"),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forged_proof_is_refused(
    proof: dict[str, Any], check: Callable[..., tuple[int, str]], what: str
) -> None:
    forge, sentence = FORGERIES[what]
    forge(proof)

    status, words = check(proof)

    assert status == 1
    assert words.startswith("NOT PROVED: ")
    assert sentence in words


def test_a_proof_under_another_key_or_head_is_refused(
    proof: dict[str, Any], check: Callable[..., tuple[int, str]]
) -> None:
    head = published(JournalHead.objects.get())
    other = {**head, "head": altered(head["head"], root="00" * 32)}

    assert "which was not given with --key" in check(proof, key="00" * 32)[1]
    assert "is not the published one" in check(proof, other)[1]
    assert (
        "was not given with --head"
        in check(proof, {**head, "head": altered(head["head"], day="2025-03-11")})[1]
    )


def test_the_path_of_a_proof_tells_nothing_of_its_neighbours(proof: dict[str, Any]) -> None:
    from workflows.rules.merkle import leaf_hash
    from workflows.sealing.canonical import entry_text

    guesses = {leaf_hash(entry_text(entry).encode()).hex() for entry in JournalEntry.objects.all()}

    assert not guesses & {step for entry in proof["entries"] for step in entry["path"]}


def test_the_commands_write_a_proof_that_holds(
    start: Callable[..., Run], moment: datetime, tmp_path: Path, check: Callable[..., tuple[int, str]]
) -> None:
    run, _other = start(), start()
    entry = run.journal.order_by("id")[0]
    with pytest.raises(CommandError, match="is not sealed yet"):
        call_command("prove_entry", str(entry.pk))
    seal(moment)

    out = StringIO()
    call_command("prove_entry", str(entry.pk), stdout=out)
    assert check(json.loads(out.getvalue()))[0] == 0
    call_command("prove_matter", run.business_key, out=tmp_path / "matter.json", stdout=StringIO())
    matter = json.loads((tmp_path / "matter.json").read_text())
    assert check(matter)[0] == 0
    proved = {json.loads(shown["entry"])["id"] for shown in matter["entries"]}
    assert proved == set(run.family.journal.values_list("pk", flat=True))
    for command, unknown in (("prove_entry", "0"), ("prove_matter", "none")):
        with pytest.raises(CommandError):
            call_command(command, unknown)
