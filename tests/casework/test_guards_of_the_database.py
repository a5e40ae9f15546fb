"""What the database itself refuses, whatever the code above it does."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from casework.errors import AlreadyBooked
from casework.models import CustodyEntry, Evidence, LedgerAccount, LedgerEntry
from casework.selectors import balances
from casework.services.book_entry import book_entry
from tests.factories import casework as make
from workflows.database_roles import as_owner
from workflows.models import JournalEntry

# No right (the application), and the trigger against everybody else.
REFUSALS = {"application": "42501", "owner": "23001"}
pytestmark = pytest.mark.django_db


def book(of, lines, *, ledger="fund", key=None):
    return book_entry(
        bureau=of,
        ledger=ledger,
        key=key or make.key(),
        subject=("case", 7),
        text="云河医保案",
        lines=lines,
        value_date=make.MOMENT.date(),
        booked_by=None,
        now=make.MOMENT,
    )


def check_now() -> None:
    """Run the deferred checks, as a commit would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(act) -> bool:
    """Whether the database refuses an act and its deferred checks."""
    try:
        with transaction.atomic():
            act()
            check_now()
    except Error:
        return True
    return False


def reason(act) -> str:
    """The code with which the database refuses an act."""
    with pytest.raises(Error) as refusal, transaction.atomic():
        act()
    return refusal.value.__cause__.sqlstate


def test_a_balanced_entry_is_booked():
    of = make.bureau()
    assert not refused(lambda: book(of, {"bank": Decimal("10.00"), "receivable": Decimal("-10.00")}))
    assert balances(("case", 7)) == {
        ("fund", "bank"): Decimal("10.00"),
        ("fund", "receivable"): Decimal("-10.00"),
    }


@pytest.mark.parametrize(
    "lines",
    [{"bank": Decimal("10.00"), "receivable": Decimal("-9.99")}, {"bank": Decimal("10.00")}, {}],
)
def test_an_entry_that_does_not_add_up_to_zero_is_refused(lines):
    assert refused(lambda: book(make.bureau(), lines))
    assert not LedgerEntry.objects.exists()


def test_a_line_in_another_ledger_is_refused():
    of = make.bureau()
    entry = book(of, {"bank": Decimal("10.00"), "receivable": Decimal("-10.00")})
    treasury = LedgerAccount.objects.create(bureau=of, ledger="treasury", code="bank")
    fund = LedgerAccount.objects.get(bureau=of, ledger="fund", code="bank")

    def stray() -> None:
        entry.lines.create(account=treasury, amount=Decimal("5.00"))
        entry.lines.create(account=fund, amount=Decimal("-5.00"))

    assert refused(stray)


def test_a_thing_is_booked_once():
    of, lines = make.bureau(), {"bank": Decimal("1.00"), "receivable": Decimal("-1.00")}
    book(of, lines, key="payment:7")
    with pytest.raises(AlreadyBooked):
        book(of, lines, key="payment:7")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", ["application", "owner"])
def test_bookings_custody_and_journal_are_never_changed_or_removed(role):
    case = make.handled_case()
    handler = make.handler_of(case)
    evidence = Evidence.objects.create(
        case=case,
        kind="documentary",
        title="x",
        file_name="x",
        media_type="x",
        size=1,
        sha256="",
        object_key=make.key(),
        added_by=handler,
        added_at=make.MOMENT,
    )
    CustodyEntry.objects.create(evidence=evidence, act="received", actor=handler, at=make.MOMENT)
    with transaction.atomic():
        entry = book(case.bureau, {"bank": Decimal("1.00"), "receivable": Decimal("-1.00")})
    for rows, change in (
        (JournalEntry.objects.all(), {"act": "forged"}),
        (CustodyEntry.objects.all(), {"act": "forged"}),
        (LedgerEntry.objects.filter(pk=entry.pk), {"text": "forged"}),
        (entry.lines.all(), {"amount": Decimal("2.00")}),
    ):
        assert rows.exists()
        with as_owner() if role == "owner" else nullcontext():
            assert reason(lambda rows=rows, change=change: rows.update(**change)) == REFUSALS[role], (
                rows.model
            )
            assert reason(lambda rows=rows: rows._raw_delete("default")) == REFUSALS[role], rows.model


def test_the_search_function_makes_the_same_pairs_in_the_database_as_in_python():
    from casework.models.search import bigrams

    for words in ("云河仁济医院", "ab", "a", "", "𠮷野家"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT bigrams(%s)", [words])
            assert set(cursor.fetchone()[0]) == set(bigrams(words))
