"""What people enter on each task page of a matter that goes from tip to paid reward and closed case."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from casework.documents.contexts.legal_review_opinion import POINTS
from tips.rules.eligibility import GOOD_ANSWERS
from workflows.now import now
from workflows.rules.calendar import civil_date

LOSS = "54000.00"  # enough for a report to the province
CONDUCT = "分解住院"
Facts = Mapping[str, Any]
Entries = dict[str, Any]
Parts = list[tuple[str, Callable[[Facts], Entries]]]


def parts_of(element_id: str) -> Parts:
    """The forms that are sent for a task, in order: most tasks have one."""
    return _PARTS[element_id]


def today() -> date:
    """The civil day."""
    return civil_date(now())


def _day(before: int = 0) -> str:
    return (today() - timedelta(days=before)).isoformat()


def _register(facts: Facts) -> Entries:
    return {
        "target_kind": "organisation",
        "institution_code": facts["institution"],
        "jurisdiction": "accepted",
    }


def _officers(facts: Facts) -> Entries:
    return {"officers": facts["handlers"], "is_recusal_checked": "on"}


def _file(facts: Facts) -> Entries:
    tests = ("has_identified_suspect", "is_punishable_conduct", "is_own_jurisdiction")
    return {
        "filing": "file",
        "reasons": "核查属实，符合立案条件。",
        "cause": "涉嫌违法违规使用医疗保障基金案",
        "articles": ["38"],
        "act_ended_on": _day(60),
        **dict.fromkeys(tests, "on"),
    }


def _finding(facts: Facts) -> Entries:
    return {
        "act": "record_finding",
        "party": facts["party"],
        "conduct": CONDUCT,
        "facts": "一次住院分两次结算。",
        "article": "38",
        "loss_amount": LOSS,
        "multiple": "1.00",
        "occurred_from": _day(120),
        "occurred_until": _day(60),
        "from_tip": "on",
    }


def _review(facts: Facts) -> Entries:
    points = {f"point_{key}": "conforms" for key in POINTS}
    return {"opinion": "agree", "reasons": "事实清楚，程序合法，同意。", **points}


def _served(facts: Facts) -> Entries:
    return {"served_on": _day(), "method": "direct", "receiver": "王建国"}


def _payment(kind: str) -> Callable[[Facts], Entries]:
    def entries(facts: Facts) -> Entries:
        return {"kind": kind, "amount": LOSS, "paid_on": _day(), "voucher": f"{kind}-{facts['number']}"}

    return entries


def _assess(facts: Facts) -> Entries:
    return {"eligible": "eligible", "level": "1", "level_reasons": "线索明确。", **GOOD_ANSWERS}


def _pay(facts: Facts) -> Entries:
    return {"payment": "paid", "paid_on": _day(), "voucher": f"reward-{facts['number']}"}


def _only(**entries: Any) -> Callable[[Facts], Entries]:
    return lambda facts: dict(entries)


def _one(entries: Callable[[Facts], Entries]) -> Parts:
    return [("", entries)]


_NO_ANSWER: Callable[[Facts], Entries] = lambda facts: {"response": "none", "received_on": _day(), "text": ""}  # noqa: E731

_PARTS: dict[str, Parts] = {
    "register_tip": _one(_register),
    "review_copy": _one(_only(reviewed_copy="反映该院分解住院、重复收费，涉及多名患者。")),
    "assign_verifiers": _one(_officers),
    "verify_lead": _one(_only(verification_record="调阅结算数据，线索属实。", verification="supported")),
    "decide_filing": _one(_file),
    "answer_tipster": _one(_only(answer="您反映的问题已经立案。")),
    "archive_tip": _one(_only(is_complete="on")),
    "appoint_handlers": _one(_officers),
    "investigate": [
        ("finding", _finding),
        ("report", _only(final_report="事实清楚，证据充分，建议处罚。")),
    ],
    "approve_investigation": _one(_only(investigation="complete")),
    "legal_review": _one(_review),
    "serve_notice": _one(_served),
    "record_response": _one(_NO_ANSWER),
    "record_response_or_hearing": _one(_NO_ANSWER),
    "decide_penalty": _one(_only(decision="penalty", fine_amount=LOSS, reasons="一般情节。")),
    "serve_decision": _one(_served),
    "record_payments": [("recovery", _payment("recovery")), ("fine", _payment("fine"))],
    "write_closing_report": _one(_only(ground="executed", report="罚没款项已全部缴清。")),
    "approve_closing": _one(_only(closing="concluded")),
    "draft_report": _one(
        _only(discovery="经核查发现。", violations="分解住院。", outcome="已处罚。", basis="条例第三十八条。")
    ),
    "send_report": _one(_only(report="send")),
    "acknowledge_report": _one(_only()),
    "archive_case": _one(_only(note="档案室 3 架")),
    "assess_reward": _one(_assess),
    "approve_reward": _one(_only(approval="approved")),
    "approve_reward_again": _one(_only(approval="approved")),
    "deliver_reward_notice": _one(lambda facts: {"result": "reached", "way": "letter", "day": _day()}),
    "confirm_identity": _one(_only(identity="confirmed")),
    "order_payment": _one(_only()),
    "release_payment": _one(_only(release="released")),
    "pay_reward": _one(_pay),
}
