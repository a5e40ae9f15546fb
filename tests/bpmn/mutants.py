"""Models with one mistake each, made from the real ones by one small edit."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.bpmn.real_models import real_sources


@dataclass(frozen=True)
class Mutant:
    """A mistake: the file, the edit of its text, and what the check must say about which element.

    `way`: the last elements on the shortest way there. `found_in`: the file with the element, if it is another one.
    `also`: file, element and reason of what follows from it.
    """

    name: str
    file: str
    edit: Callable[[str], str]
    element: str
    reason: str
    way: str = ""
    found_in: str = ""
    also: tuple[tuple[str, str, str], ...] = ()

    def content(self) -> bytes:
        """The file with the mistake in it."""
        before = real_sources()[self.file].decode()
        after = self.edit(before)
        assert after != before, f"{self.name}: the edit changes nothing"
        return after.encode()

    def sources(self) -> dict[str, bytes]:
        """All model files, this one with its mistake."""
        return {**real_sources(), self.file: self.content()}


def once(old: str, new: str) -> Callable[[str], str]:
    """Replace a text that occurs exactly once."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        return text.replace(old, new)

    return edit


def within(element: str, old: str, new: str) -> Callable[[str], str]:
    """Replace a text inside one element of the process or table."""

    def edit(text: str) -> str:
        part = re.search(rf'<(\w+) id="{element}".*?</\1>', text, re.DOTALL)
        assert part and old in part[0], f"{old!r} is not in {element}"
        return text.replace(part[0], part[0].replace(old, new))

    return edit


def renamed(old: str, new: str) -> Callable[[str], str]:
    """Give an element another id wherever the model speaks of it."""
    return lambda text: text.replace(f'"{old}"', f'"{new}"').replace(f">{old}<", f">{new}<")


# The five mistakes that must never be published.
FIVE = (
    Mutant(
        "handler_reviews",
        "case_handling.bpmn",
        within("legal_review", 'excludes="handle verify"', 'excludes="verify"'),
        "legal_review",
        "one account could handle at investigate and review here; exclude handle (PP 37; APL 58)",
        way="check_legal_review legal_review_question legal_review",
    ),
    Mutant(
        "unknown_operation",
        "case_handling.bpmn",
        within("assess_amounts", "casework.assess_amounts", "casework.asess_amounts"),
        "assess_amounts",
        "the operation casework.asess_amounts is not registered",
    ),
    Mutant(
        "lane_without_role",
        "case_handling.bpmn",
        once(' fundguard:role="legal_reviewer"', ""),
        "case_handling_legal",
        "the lane has no fundguard:role",
    ),
    Mutant(
        "wait_without_deadline",
        "tip_reward.bpmn",
        lambda text: re.sub(
            r'<timerEventDefinition id="claim_period_over_timer">.*?</timerEventDefinition>',
            '<messageEventDefinition id="claim_period_over_timer" messageRef="reward_claimed_message" />',
            text,
            flags=re.DOTALL,
        ),
        "await_claim",
        "the wait has neither a boundary timer nor fundguard:waitsFor naming the run that answers",
        also=tuple(
            ("tip_reward.bpmn", event, "the clock reward_claim never runs when this element stops it")
            for event in ("claim_period_over", "reward_given_up")
        ),
    ),
    Mutant(
        "payer_approves",
        "tip_reward.bpmn",
        within("pay_reward", "assess approve_reward approve_reward_again", "assess approve_reward_again"),
        "pay_reward",
        "one account could approve_reward at approve_reward and pay here; exclude approve_reward "
        "(医保办发〔2022〕22号)",
        way="release_payment release_question pay_reward",
    ),
)

# Mistakes that a person makes while editing.
MORE = (
    Mutant(
        "gateway_without_default",
        "case_handling.bpmn",
        once(' default="closing_question__write_closing_report"', ""),
        "closing_question",
        "the exclusive gateway has no default flow",
        way="write_closing_report approve_closing closing_question",
    ),
    Mutant(
        "flow_without_condition",
        "case_handling.bpmn",
        once(
            '<conditionExpression xsi:type="tFormalExpression">closing == "concluded"</conditionExpression>',
            "",
        ),
        "closing_question__conclude_case",
        "the flow out of an exclusive gateway has no condition",
    ),
    Mutant(
        "unreachable_element",
        "province_report.bpmn",
        once('targetRef="acknowledge_report"', 'targetRef="report_acknowledged"'),
        "acknowledge_report",
        "the element cannot be reached from the start",
        also=(
            (
                "case_handling.bpmn",
                "case_closed",
                "the clock case_report_to_province still runs when the run ends here",
            ),
        ),
    ),
    Mutant(
        "id_used_twice",
        "province_report.bpmn",
        renamed("report_due", "case_filed"),
        "case_filed",
        "the id is used twice, also in case_handling.bpmn",
    ),
    Mutant(
        "case_ends_without_answer",
        "tip_handling.bpmn",
        within("case_decided", "case_handling.decision_in_force ", ""),
        "case_decided",
        "the run that answers can end at case_closed without passing case_handling.court_outcome_in_force",
    ),
    Mutant(
        "outcome_never_set",
        "case_handling.bpmn",
        within("approve_closing", ' fundguard:sets="closing=concluded|send_back"', ""),
        "closing_question",
        "the variable closing is not set on every way to here",
    ),
    Mutant(
        "outcome_misspelt",
        "case_handling.bpmn",
        once('closing == "concluded"', 'closing == "conclude"'),
        "closing_question__conclude_case",
        "the variable closing is never “conclude”",
    ),
    Mutant(
        "clock_unknown",
        "case_handling.bpmn",
        within("legal_review", 'clock="legal_review" fundguard:stops', 'clock="legal_revue" fundguard:stops'),
        "legal_review",
        "the clock legal_revue is not registered",
    ),
    Mutant(
        "without_article",
        "tip_handling.bpmn",
        within("archive_tip", "<documentation>TH 22\n", "<documentation>"),
        "archive_tip",
        "the first line of the documentation names no legal article",
    ),
    Mutant(
        "not_drawn",
        "tip_handling.bpmn",
        once('bpmnElement="archive_tip"', 'bpmnElement="archive_the_tip"'),
        "archive_tip",
        "the element has no shape in the diagram",
    ),
    Mutant(
        "second_approval_by_the_first",
        "tip_reward.bpmn",
        within("approve_reward_again", "assess approve_reward handle", "assess handle"),
        "approve_reward_again",
        "one account could approve_reward at approve_reward and approve_reward_again here; "
        "exclude approve_reward (医保办发〔2022〕22号)",
    ),
    Mutant(
        "verifier_pays_in_a_linked_run",
        "tip_reward.bpmn",
        within("pay_reward", "handle verify", "handle"),
        "pay_reward",
        "one account could verify at verify_lead and pay here; exclude verify (医保办发〔2022〕22号)",
    ),
    Mutant(
        "handler_without_duty",
        "case_handling.bpmn",
        within("serve_notice", ' fundguard:duty="handle"', ""),
        "serve_notice",
        "a task of the lane case_handler needs one of the duties handle, report, verify",
    ),
    Mutant(
        "decision_with_gap",
        "report_required.dmn",
        within("report_required_handed_over_public_concern", "-", "false"),
        "report_required",
        "no rule fits transferred=True, public_concern=True, amount_involved_fen=0, report_from_fen=0",
        way="closing_question conclude_case check_province_report",
    ),
    Mutant(
        "decision_with_overlap",
        "report_required.dmn",
        within("report_required_large_public_concern", "false", "-"),
        "report_required",
        "the rules report_required_attention and report_required_large both fit "
        "transferred=False, public_concern=True, amount_involved_fen=0, report_from_fen=0",
    ),
    Mutant(
        "amount_that_nothing_sets",
        "case_handling.bpmn",
        once(" review_from_fen hearing_from_fen", " review_from_fen"),
        "check_hearing_offer",
        "the variable hearing_from_fen is not set on every way to here",
    ),
)
