"""Whoever rules the database can alter rows; the check of the journal names what was altered."""

import json
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from tests.workflows.sealing.conftest import Tamper, Write
from workflows.database_roles import as_owner, give_rights
from workflows.models import JournalBatch, JournalEntry, JournalHead
from workflows.sealing.heads import published
from workflows.sealing.sealer import seal
from workflows.sealing.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "workflows_journalentry"


def found(moment: datetime, **days: date) -> list[tuple[str, int | None]]:
    """Kind and entry of everything that is wrong."""
    return [(finding.kind, finding.entry) for finding in verify(now=moment, **days).findings]


def test_a_journal_that_nobody_touched_is_sound(sealed: list[int], write: Write, moment: datetime) -> None:
    seal(moment + timedelta(days=1))
    write(2)

    checked = verify(now=moment + timedelta(days=1))

    assert checked.findings == []
    assert (checked.entries, checked.batches, checked.heads, checked.unsealed) == (12, 4, 1, 2)


@pytest.mark.parametrize(
    "change",
    [
        "act = 'forged'",
        "at = at - interval '1 microsecond'",
        "agent = 'tipster'",
        "subject_kind = 'case'",
        "subject_id = 1",
        "element_id = 'decide'",
        "run_id = '01890000-0000-7000-8000-000000000000'",
        "family_id = '01890000-0000-7000-8000-000000000000'",
        "actor_id = 7",
        "details = '{\"number\": 9}'",
    ],
)
def test_an_entry_that_was_altered_is_named(
    sealed: list[int], tamper: Tamper, moment: datetime, change: str
) -> None:
    tamper(f"UPDATE {TABLE} SET {change} WHERE id = %s", sealed[4])

    assert found(moment) == [("entry_changed", sealed[4])]
    # Rows that point to nobody would fail the checks at the end of the test.
    tamper(f"UPDATE {TABLE} SET run_id = NULL, family_id = NULL, actor_id = NULL WHERE id = %s", sealed[4])


def test_an_entry_that_was_removed_is_named(sealed: list[int], tamper: Tamper, moment: datetime) -> None:
    tamper(f"DELETE FROM {TABLE} WHERE id = %s", sealed[7])

    assert found(moment) == [("entry_missing", sealed[7])]


def test_two_entries_that_were_swapped_are_named(sealed: list[int], tamper: Tamper, moment: datetime) -> None:
    one, other = sealed[1], sealed[8]
    tamper(
        f"UPDATE {TABLE} SET id = CASE id WHEN %s THEN -1 ELSE -2 END WHERE id IN (%s, %s)", one, one, other
    )
    tamper(f"UPDATE {TABLE} SET id = CASE id WHEN -1 THEN %s ELSE %s END WHERE id IN (-1, -2)", other, one)

    assert found(moment) == [("entry_changed", one), ("entry_changed", other)]


@pytest.mark.parametrize("guards_are_on", [True, False])
def test_an_entry_put_into_the_past_is_named_and_never_sealed(
    sealed: list[int], write: Write, tamper: Tamper, moment: datetime, guards_are_on: bool
) -> None:
    tamper(f"DELETE FROM {TABLE} WHERE id = %s", sealed[0])
    gap = 0
    copy = f"INSERT INTO {TABLE} (id, at, act, agent, subject_kind, element_id, details)" \
        f" SELECT %s, at, 'forged', agent, subject_kind, element_id, details FROM {TABLE} WHERE id = %s"  # fmt: skip
    if guards_are_on:
        with connection.cursor() as cursor:
            cursor.execute(copy, [gap, sealed[1]])
    else:
        tamper(copy, gap, sealed[1])
    for _ in range(2):
        write()
        seal(moment)

    assert found(moment) == [("entry_missing", sealed[0]), ("entry_added", gap)]


def test_an_entry_in_a_gap_between_sealed_ones_is_named(
    write: Write, tamper: Tamper, moment: datetime
) -> None:
    with connection.cursor() as cursor:  # an id that a rolled back transaction drew
        cursor.execute(f"SELECT nextval(pg_get_serial_sequence('{TABLE}', 'id'))")
        gap = cursor.fetchone()[0]
    for _ in range(3):
        ids = write(2)
        seal(moment)
    tamper(f"UPDATE {TABLE} SET id = %s WHERE id = %s", gap, ids[-1])

    assert ("entry_added", gap) in found(moment)
    assert ("entry_missing", ids[-1]) in found(moment)


def test_leaves_that_were_altered_with_their_entry_do_not_give_the_root(
    sealed: list[int], tamper: Tamper, moment: datetime
) -> None:
    tamper("UPDATE workflows_journalleaf SET hash = %s WHERE entry_id = %s", bytes(32), sealed[4])

    assert found(moment) == [("entry_changed", sealed[4]), ("batch_root", None)]


def test_an_entry_that_is_gone_with_its_leaf_leaves_a_hole(
    sealed: list[int], tamper: Tamper, moment: datetime
) -> None:
    tamper(f"DELETE FROM {TABLE} WHERE id = %s", sealed[4])
    tamper("DELETE FROM workflows_journalleaf WHERE entry_id = %s", sealed[4])

    assert found(moment) == [("batch_leaves", None)]


def test_a_leaf_that_was_taken_away_leaves_an_entry_without_a_seal(
    sealed: list[int], tamper: Tamper, moment: datetime
) -> None:
    tamper("DELETE FROM workflows_journalleaf WHERE entry_id = %s", sealed[4])

    assert found(moment) == [("batch_leaves", None), ("entry_added", sealed[4])]


@pytest.mark.parametrize(
    ("change", "kinds"),
    [
        ("DELETE FROM workflows_journalbatch WHERE number = 2", {"batch_missing", "head_root"}),
        ("UPDATE workflows_journalbatch SET size = 4 WHERE number = 2",
         {"batch_changed", "batch_signature", "batch_leaves", "head_root"}),
        ("UPDATE workflows_journalbatch SET floor_id = 0 WHERE number = 4", {"batch_changed", "batch_signature"}),
        ("UPDATE workflows_journalbatch SET hash = repeat('x', 32)::bytea WHERE number = 2",
         {"batch_changed", "batch_chain", "head_root"}),
        ("UPDATE workflows_journalbatch SET signature = repeat('x', 64)::bytea WHERE number = 2", {"batch_signature"}),
        ("UPDATE workflows_journalhead SET entry_count = 11", {"head_changed", "head_signature", "head_root"}),
        ("UPDATE workflows_journalhead SET signature = repeat('x', 64)::bytea", {"head_signature"}),
        ("UPDATE workflows_journalhead SET number = 2", {"head_chain", "head_changed", "head_signature"}),
        ("DELETE FROM workflows_journalhead", {"head_missing"}),
    ],
)  # fmt: skip
def test_seals_that_were_altered_are_named(
    sealed: list[int], write: Write, tamper: Tamper, moment: datetime, change: str, kinds: set[str]
) -> None:
    next_day = moment + timedelta(days=1)
    write(at=next_day)
    seal(next_day)
    assert found(next_day) == []

    tamper(change)

    assert {kind for kind, _entry in found(next_day)} == kinds


def test_a_journal_written_anew_under_another_key_is_not_trusted(write: Write, moment: datetime) -> None:
    with override_settings(JOURNAL_KEY=bytes(range(32))):
        write()
        seal(moment)
        seal(moment + timedelta(days=1))
        assert found(moment) == []

    assert found(moment) == [("batch_signature", None), ("head_signature", None)]


def test_an_earlier_key_is_trusted_when_it_is_named(write: Write, moment: datetime) -> None:
    from workflows.sealing.keys import public_key

    with override_settings(JOURNAL_KEY=bytes(range(32))):
        write()
        seal(moment)
        earlier = public_key()

    with override_settings(JOURNAL_EARLIER_KEYS=(earlier,)):
        assert found(moment) == []


def test_only_the_days_asked_for_are_checked(
    sealed: list[int], write: Write, tamper: Tamper, moment: datetime
) -> None:
    next_day = moment + timedelta(days=1)
    write(at=next_day)
    seal(next_day)
    tamper(f"UPDATE {TABLE} SET act = 'forged' WHERE id = %s", sealed[4])

    assert found(next_day, first=date(2025, 3, 13)) == []
    assert found(next_day, last=date(2025, 3, 12)) == [("entry_changed", sealed[4])]


def test_a_guard_that_was_switched_off_is_named(sealed: list[int], moment: datetime) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER {TABLE}_is_append_only")
    try:
        assert found(moment) == [("guard_off", None)]
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER {TABLE}_is_append_only")


def test_a_right_that_somebody_gave_the_application_is_named(sealed: list[int], moment: datetime) -> None:
    role = connection.ops.quote_name(settings.DATABASE_APPLICATION["USER"])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"GRANT DELETE, TRUNCATE ON {TABLE} TO {role}")
    try:
        named = [str(finding) for finding in verify(now=moment).findings]
    finally:
        with as_owner():
            give_rights()

    assert named == [f"the application has rights that it must not have: DELETE, TRUNCATE on {TABLE}"]
    assert found(moment) == []


def ask(*arguments: str) -> tuple[int, Any]:
    """Exit status and answer of the command."""
    out = StringIO()
    try:
        call_command("verify_journal", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_the_command_names_the_first_wrong_entry_and_ends_with_status_one(
    sealed: list[int], tamper: Tamper
) -> None:
    assert ask()[0] == 0
    for entry in (sealed[6], sealed[4]):
        tamper(f"UPDATE {TABLE} SET act = 'forged' WHERE id = %s", entry)

    status, words = ask()
    assert status == 1
    assert f"entry {sealed[4]} is not what was sealed in batch 2 on 2025-03-12" in words
    assert f"The first entry that is wrong: {sealed[4]}" in words
    status, words = ask("--json")
    answer = json.loads(words)
    assert (status, answer["is_sound"], answer["first_entry"]) == (1, False, sealed[4])
    assert [finding["entry"] for finding in answer["findings"]] == [sealed[4], sealed[6]]


def test_the_command_compares_heads_with_the_copies_of_others(
    sealed: list[int], tmp_path: Path, moment: datetime
) -> None:
    seal(moment + timedelta(days=1))
    head = published(JournalHead.objects.get())
    (tmp_path / "2025-03-12.json").write_text(json.dumps(head))
    assert ask("--heads", str(tmp_path))[0] == 0

    for change in ({"entries": 11}, {"day": "2025-03-11"}):
        forged = {**head, "head": json.dumps({**json.loads(head["head"]), **change})}
        (tmp_path / "2025-03-12.json").write_text(json.dumps(forged))
        assert ask("--heads", str(tmp_path))[0] == 1

    (tmp_path / "other.json").write_text("{}")
    with pytest.raises(CommandError, match=r"other\.json: no published head"):
        ask("--heads", str(tmp_path))


def test_rows_of_seals_are_never_changed_or_removed(sealed: list[int]) -> None:
    from django.db import Error

    for rows in (
        JournalEntry.objects.all(),
        JournalBatch.objects.all(),
        JournalBatch.objects.get(number=1).leaves,
    ):
        with as_owner(), pytest.raises(Error, match="only takes new rows"):
            rows.all()._raw_delete("default")
    with as_owner(), pytest.raises(Error, match="only takes new rows"):
        JournalBatch.objects.update(size=1)
