"""Playing a case: people do their tasks through the same door as the pages."""

from datetime import datetime, timedelta
from typing import Any

from casework.models import Account, Case
from casework.task_pages import perform_task
from tests.factories import casework as make
from workflows.background import relay
from workflows.now import playing

POINTS = (
    "competence",
    "officers",
    "procedure",
    "facts",
    "law",
    "discretion",
    "powers",
    "documents",
    "crime",
    "rights",
)


class Walk:
    """A case with its people and a moment that can pass."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.now = make.MOMENT
        self.people: dict[str, Account] = {"handler": make.handler_of(case)}

    def person(self, role: str) -> Account:
        """Somebody of a role who has done nothing else in the case."""
        unit = self.case.bureau
        if role == "province_officer":
            unit = self.case.bureau.superior
        return self.people.setdefault(role, make.account(unit, role))

    def does(self, role: str, element_id: str, **entries: Any) -> None:
        """The person of the role completes (a part of) the task."""
        with playing(self.now):
            perform_task(
                actor=self.person(role),
                item=make.work(self.case, element_id),
                data=entries,
                key=make.key(),
                now=self.now,
            )

    def passes(self, **time: float) -> None:
        """Time passes; effects are carried out and due timers fire."""
        self.now += timedelta(**time)
        relay.drain(self.now)

    def at(self, moment: datetime) -> None:
        """It is later now."""
        self.now = moment

    def waits_at(self) -> set[str]:
        """Elements at which somebody has work."""
        return set(self.case.run.work_items.filter(status="open").values_list("element_id", flat=True))

    def today(self) -> str:
        """The day in Shanghai, as forms take it."""
        return (self.now + timedelta(hours=8)).date().isoformat()


def investigated(walk: Walk, **report: Any) -> None:
    """From the first day of the investigation to the leader's approval."""
    party = walk.case.parties.get()
    walk.does(
        "handler",
        "investigate",
        act="record_finding",
        party=party.pk,
        conduct="分解住院",
        facts="一次住院分两次结算。",
        article="38",
        loss_amount="54000.00",
        multiple="1.00",
        occurred_from="2024-06-01",
        occurred_until="2024-09-30",
        from_tip="on",
    )
    walk.does("handler", "investigate", final_report="事实清楚，建议处罚。", **report)
    walk.does("leader", "approve_investigation", investigation="complete")


def decided(walk: Walk) -> None:
    """Review, notice, waiver, decision and its service."""
    points = {f"point_{name}": "conforms" for name in POINTS}
    walk.does("legal_reviewer", "legal_review", opinion="agree", reasons="同意。", **points)
    served = {"served_on": walk.today(), "method": "direct", "receiver": "王建国"}
    walk.does("handler", "serve_notice", **served)
    walk.does("handler", "record_response_or_hearing", response="none", received_on=walk.today(), text="")
    walk.does("leader", "decide_penalty", decision="penalty", fine_amount="54000.00", reasons="一般情节。")
    walk.does("handler", "serve_decision", **served)


def paid(walk: Walk) -> None:
    """Fund money and fine, each by its own voucher."""
    for kind in ("recovery", "fine"):
        walk.does(
            "finance",
            "record_payments",
            kind=kind,
            amount="54000.00",
            paid_on=walk.today(),
            voucher=make.key(),
        )


def concluded(walk: Walk) -> None:
    """Closing report and its approval."""
    walk.does("handler", "write_closing_report", ground="executed", report="罚没款项已全部缴清。")
    walk.does("leader", "approve_closing", closing="concluded")


def reported(walk: Walk) -> None:
    """The report goes up and is confirmed."""
    from casework.services.draft_report_words import draft_words
    from casework.services.report_to_province import report_of

    words = draft_words(report_of(make.work(walk.case, "draft_report")))
    walk.does("handler", "draft_report", **words)
    walk.does("leader", "send_report", report="send")
    walk.passes(seconds=1)
    walk.does("province_officer", "acknowledge_report")
