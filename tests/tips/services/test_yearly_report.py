"""The yearly report: begun by the calendar, frozen when drafted, approved by somebody else, sent, public on an act."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction

from casework.models import Account, Document
from tests.factories.tips import RECEIVED, a_bureau, a_person, a_tip
from tests.tips.working import do, open_item
from tips.models import RegisterEntry, Tip, YearlyTipAct, YearlyTipFigures, YearlyTipReport
from tips.purging.erasing import destroy
from tips.services.report_year import publish_report, withdraw_report
from tips.yearly.access import Kind, act_of, publication_of, published_acts, standing_draft
from tips.yearly.beginning import begin_report, begin_reports
from tips.yearly.counting import counted_tips
from tips.yearly.faces import sections
from tips.yearly.figures import yearly_figures
from workflows.clocks.watch import watch
from workflows.errors import DutyConflict, Invalid, Refusal
from workflows.models import ClockWarning, JournalEntry, WorkItem

pytestmark = pytest.mark.usefixtures("models")
YEAR = RECEIVED.year
JANUARY = datetime(YEAR + 1, 1, 2, 1, 0, tzinfo=UTC)
MARCH = datetime(YEAR + 1, 3, 2, 2, 0, tzinfo=UTC)
APPROVED = {"tip_report": "approved", "reasons": ""}
SENT = {"sent_to": "江海省医疗保障局", "sent_on": f"{YEAR + 1}-03-02", "reasons": ""}
NO = {
    "target_kind": "organisation",
    "jurisdiction": "not_a_tip",
    "jurisdiction_note": "请向市场监管部门反映。",
}


def tips(count: int) -> list[Tip]:
    return [a_tip(now=RECEIVED + timedelta(minutes=place)).tip for place in range(count)]


def begun() -> YearlyTipReport:
    report = begin_report(a_bureau(), YEAR, JANUARY)
    assert report is not None
    return report


def approved(people: Mapping[str, Account]) -> YearlyTipReport:
    report = begun()
    do(people["intake"], report.run, "draft_tip_report", {"remarks": "以电话举报为主。"}, MARCH)
    do(people["leader"], report.run, "approve_tip_report", APPROVED, MARCH)
    return report


def test_the_calendar_begins_one_report_a_bureau_and_year_with_its_legal_day(people) -> None:
    assert (begin_reports(JANUARY), begin_reports(JANUARY)) == (1, 0)

    report = YearlyTipReport.objects.get()
    clock = report.run.clocks.get()
    assert (report.year, clock.rule_key) == (YEAR, "annual_tip_report_province")
    assert clock.due_at.astimezone(UTC).date().isoformat() == f"{YEAR + 1}-04-30"


def test_somebody_is_warned_before_the_day_and_when_it_is_over(people) -> None:
    report = begun()

    watch(datetime(YEAR + 1, 4, 29, 2, 0, tzinfo=UTC))
    before = set(ClockWarning.objects.values_list("rung", flat=True))
    watch(datetime(YEAR + 1, 5, 6, 2, 0, tzinfo=UTC))

    assert "overdue" not in before and before
    assert ClockWarning.objects.filter(clock__run=report.run, rung="overdue").exists()


def test_figures_are_frozen_by_the_draft_whatever_is_corrected_later(people) -> None:
    found = tips(6)
    report = approved(people)
    before = standing_draft(report)

    Tip.objects.filter(pk=found[0].pk).update(channel=Tip.Channel.LETTER, is_accepted=False)
    tips(3)

    after = standing_draft(report)
    assert after == before and after.figures == before.figures
    assert after.figures["tables"]["channel"]["cells"]["web"] == 6
    document = Document.objects.get(kind="tip_yearly_report")
    assert document.stored_at and document.number.startswith("云河医保举年")


@pytest.mark.parametrize("model", [YearlyTipFigures, YearlyTipAct])
def test_the_database_refuses_to_alter_what_was_kept(people, model) -> None:
    approved(people)

    column = "remarks" if model is YearlyTipFigures else "reasons"
    for act in (
        lambda: model.objects.update(**{column: "x"}),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(Error), transaction.atomic():
            act()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname = %s", [f"{model._meta.db_table}_is_append_only"]
        )
        assert cursor.fetchall() == [("O",)], "the owner is refused by a trigger"


def test_whoever_drafts_does_not_approve(people) -> None:
    both = a_person("both", "intake_officer", "leader")
    report = begun()
    do(both, report.run, "draft_tip_report", {"remarks": ""}, MARCH)

    with pytest.raises(DutyConflict):
        do(both, report.run, "approve_tip_report", APPROVED, MARCH)


def test_a_draft_that_is_sent_back_is_drafted_anew_and_both_stay(people) -> None:
    report = begun()
    do(people["intake"], report.run, "draft_tip_report", {"remarks": "一稿"}, MARCH)
    with pytest.raises(Refusal):
        do(
            people["leader"],
            report.run,
            "approve_tip_report",
            {"tip_report": "send_back", "reasons": ""},
            MARCH,
        )
    sent_back = {"tip_report": "send_back", "reasons": "请说明电话举报增加的原因。"}
    do(people["leader"], report.run, "approve_tip_report", sent_back, MARCH)
    do(people["intake"], report.run, "draft_tip_report", {"remarks": "二稿"}, MARCH)
    do(people["leader"], report.run, "approve_tip_report", APPROVED, MARCH)

    assert [draft.remarks for draft in report.drafts.all()] == ["一稿", "二稿"]
    assert act_of(report, Kind.APPROVED).draft.remarks == "二稿"


def test_sending_is_noted_with_day_and_addressee_and_ends_the_period(people) -> None:
    report = approved(people)
    with pytest.raises(Invalid):
        do(people["intake"], report.run, "send_tip_report", {**SENT, "sent_on": f"{YEAR + 1}-02-01"}, MARCH)
    do(people["intake"], report.run, "send_tip_report", SENT, MARCH)

    act = act_of(report, Kind.SENT)
    assert (act.sent_to, act.sent_on.isoformat()) == (SENT["sent_to"], SENT["sent_on"])
    assert report.run.clocks.get().ended_at == MARCH
    assert JournalEntry.objects.filter(act="tip_report_sent").count() == 1
    assert not WorkItem.objects.filter(run=report.run, status="open").exists()


def test_nothing_is_public_before_a_leader_publishes_and_after_it_is_withdrawn(people) -> None:
    report = begun()
    do(people["intake"], report.run, "draft_tip_report", {"remarks": ""}, MARCH)
    with pytest.raises(Invalid):
        publish_report(report, actor=people["leader"], key="early", now=MARCH)
    do(people["leader"], report.run, "approve_tip_report", APPROVED, MARCH)
    assert published_acts() == []
    with pytest.raises(Refusal):
        publish_report(report, actor=people["intake"], key="other", now=MARCH)

    publish_report(report, actor=people["leader"], key="a", now=MARCH)
    assert [act.report_id for act in published_acts()] == [report.pk]
    with pytest.raises(Invalid):
        publish_report(report, actor=people["chief"], key="b", now=MARCH)
    with pytest.raises(Refusal):
        withdraw_report(report, actor=people["leader"], reasons=" ", key="c", now=MARCH)
    withdraw_report(report, actor=people["chief"], reasons="数字口径有误，待更正", key="d", now=MARCH)

    assert published_acts() == [] and publication_of(report) is None
    publish_report(report, actor=people["leader"], key="e", now=MARCH)
    assert publication_of(report) is not None


def test_a_tip_counts_once_also_after_it_was_destroyed_or_came_back(people) -> None:
    found = tips(7)
    begin = yearly_figures(a_bureau(), YEAR, JANUARY)
    with transaction.atomic():
        destroy(found[0], now=JANUARY)
    first = found[1].entries.get()
    RegisterEntry.objects.filter(pk=first.pk).update(left_at=RECEIVED)
    RegisterEntry.objects.create(
        tip=found[1],
        bureau=first.bureau,
        number="再次登记1号",
        received_at=JANUARY,
        came_as=RegisterEntry.CameAs.GIVEN_BACK,
    )

    again = yearly_figures(a_bureau(), YEAR, JANUARY)
    assert again == begin
    assert again["tables"]["channel"]["total"] == 7
    assert counted_tips(a_bureau(), YEAR + 1) == []


def test_outcomes_and_times_come_from_the_register(people) -> None:
    for tip in tips(5):
        do(people["intake"], tip.run, "register_tip", NO)
    tips(6)

    figures = yearly_figures(a_bureau(), YEAR, JANUARY)

    outcome = figures["tables"]["outcome"]["cells"]
    assert (outcome["not_accepted"], outcome["open"], outcome["filed"]) == (5, 6, 0)
    assert figures["decision"]["cells"] == {"in_time": 0, "late": 0}
    assert figures["rewards"] == {
        "cells": dict.fromkeys(("paid", "lapsed", "given_up", "not_granted"), 0),
        "total": 0,
        "sum": "0.00",
        "returned": 0,
    }


def test_few_tips_show_nothing_and_no_word_of_it_gives_a_number(people) -> None:
    tips(4)

    figures = yearly_figures(a_bureau(), YEAR, JANUARY)

    for table in figures["tables"].values():
        assert table["total"] is None and set(table["cells"].values()) == {None}
    shown = [line for one in sections(figures) for line in one.lines if one.key in figures["tables"]]
    assert all(line.is_withheld for line in shown)


def test_open_item_is_offered_to_the_bureau_alone(people) -> None:
    report = begun()
    elsewhere = a_person("fern", "intake_officer", bureau=a_bureau("北塘市医疗保障局", region_code="990200"))

    with pytest.raises(Refusal):
        do(elsewhere, report.run, "draft_tip_report", {"remarks": str(uuid4())}, MARCH)
    assert open_item(report.run, "draft_tip_report").lane == "intake_officer"
