"""The register on the page and in files: who reads which rows, what is late, what never stands in it."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.factories.tips import RECEIVED, STORY, a_bureau, a_filing, a_real_name_filing, a_tip
from tests.tips.working import REGISTERED, do, to_decision
from tips.register.listing import Wanted, cells_of, readable_entries, rows_of, wanted_entries
from tips.tables import as_csv, as_xlsx
from tips.views import register as views
from workflows.models import JournalEntry

pytestmark = pytest.mark.usefixtures("models")


def lines(account, now=RECEIVED, **wanted):  # type: ignore[no-untyped-def]
    found = rows_of(wanted_entries(account, Wanted(**wanted), now), account, now)
    return [cells_of(row) for row in found]


@pytest.mark.parametrize("role", ["intake", "leader", "chief", "auditor"])
def test_these_roles_read_every_row_of_their_bureau_and_of_no_other(people, role: str) -> None:
    tip = a_tip().tip
    far = a_tip(a_filing(bureau=a_bureau("远方市医疗保障局"))).tip

    assert [row.tip for row in readable_entries(people[role], RECEIVED)] == [tip]
    assert far.number not in [line["number"] for line in lines(people[role])]


@pytest.mark.parametrize("role", ["handler", "finance", "reward_officer", "identity_officer"])
def test_everybody_else_reads_the_rows_of_tips_opened_to_them(people, role: str) -> None:
    tip = a_tip().tip
    assert lines(people[role]) == []

    to_decision(people, tip)

    assert len(lines(people[role])) == (1 if role == "handler" else 0)


def test_a_row_opens_no_page_to_who_may_only_read_the_register(people) -> None:
    a_tip()

    [row] = rows_of(wanted_entries(people["leader"], Wanted(), RECEIVED), people["leader"], RECEIVED)

    assert row.url_id is None


def test_the_overdue_list_counts_in_the_unit_of_the_law(people) -> None:
    tip = a_tip().tip
    do(people["intake"], tip.run, "register_tip", REGISTERED)
    late = RECEIVED + timedelta(days=40)

    assert lines(people["chief"], due_days=0) == []
    [line] = lines(people["chief"], now=late, due_days=0)

    due = tip.run.clocks.get(rule_key="lead_verification").due_at
    assert line["due"] == due.astimezone().strftime("%Y-%m-%d")
    with translation.override("en"):
        [line] = lines(people["chief"], now=late, due_days=0)
    assert line["late"] == "12 working days late"


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({"channel": "web"}, True), ({"channel": "telephone"}, False), ({"name": "real"}, True),
        ({"name": "anonymous"}, False), ({"outcome": "open"}, True), ({"outcome": "filed"}, False),
        ({"outcome": "referred"}, False), ({"words": "康宁"}, True), ({"words": "没有"}, False),
        ({"first": RECEIVED.date()}, True), ({"first": RECEIVED.date() + timedelta(days=1)}, False),
        ({"last": RECEIVED.date()}, True), ({"last": RECEIVED.date() - timedelta(days=1)}, False),
        ({"due_days": 60}, True), ({"due_days": 1}, False),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_fits(people, wanted, fits: bool) -> None:
    a_tip(a_real_name_filing())

    assert len(lines(people["chief"], **wanted)) == int(fits)


def test_the_number_of_questions_does_not_grow_with_the_rows(people) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            lines(people["chief"])
        return len(asked)

    a_tip()
    few = questions()
    for _ in range(5):
        a_tip()

    assert questions() == few


def test_numbers_of_a_bureau_have_no_gap(people) -> None:
    for _ in range(3):
        a_tip()

    numbers = sorted(line["number"] for line in lines(people["chief"]))

    assert [number.rpartition("〕")[2] for number in numbers] == ["1号", "2号", "3号"]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_files_hold_the_rows_and_nothing_sealed_and_are_journalled(people, client, kind: str) -> None:
    tip = a_tip(a_real_name_filing()).tip
    client.force_login(people["chief"])

    answer = client.get(f"/tips/register.{kind}")

    assert answer.status_code == 200
    if kind == "csv":
        head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
        assert (len(head), row[0]) == (len(row), tip.number)
        text = answer.content.decode()
    elif kind == "xlsx":
        book = zipfile.ZipFile(io.BytesIO(answer.content))
        text = "".join(book.read(name).decode() for name in book.namelist())
        assert tip.number in text
    else:
        assert answer.content.startswith(b"%PDF")
        text = answer.content.decode("latin-1")
    for secret in (STORY, "周举报", "13900001234", "zhou@example.org"):
        assert secret not in text
    assert JournalEntry.objects.get(act="register_exported").details["rows"] == 1


def test_the_printed_register_is_chinese_whoever_prints_it(people, client, monkeypatch) -> None:
    printed: list[dict[str, str]] = []

    def keep(rows, **_facts):  # type: ignore[no-untyped-def]
        printed.extend(rows)
        return b"%PDF"

    monkeypatch.setattr(views, "paper", keep)
    a_tip(a_real_name_filing())
    client.force_login(people["chief"])

    english = {"accept-language": "en"}
    page = client.get("/tips/register.csv", headers=english)
    client.get("/tips/register.pdf", headers=english)

    [row] = printed
    assert "real-name" in page.content.decode(), "the reader's own language, in a file of the reader's"
    for column in ("channel", "name", "about", "state"):
        assert row[column] and not re.search("[A-Za-z]", row[column]), column


def test_a_cell_is_never_a_formula() -> None:
    evil = '=HYPERLINK("http://example.org","x")'

    assert as_csv(["名称"], [[evil]]).decode("utf-8-sig").splitlines()[1].startswith("\"'=")
    sheet = zipfile.ZipFile(io.BytesIO(as_xlsx(["名称"], [[evil]]))).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
