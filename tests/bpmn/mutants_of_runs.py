"""Models whose drawing looks right and whose runs go wrong, made from the real ones by one small edit."""

import re
from collections.abc import Callable

from tests.bpmn.mutants import Mutant, once, within

Edit = Callable[[str], str]
CASE, TIP, REWARD, REPORT = (
    f"{name}.bpmn" for name in ("case_handling", "tip_handling", "tip_reward", "province_report")
)

STAGES_OF_A_REWARD = (
    "payee", "assessment", "approval", "discussion", "second_approval", "claimed", "payment", "notice",
)  # fmt: skip
"""Where a tipster may give a reward up, besides where it is waited for."""


def retargeted(flow: str, old: str, new: str) -> Edit:
    """Let a flow lead to another element."""
    return lambda text: re.sub(rf'(<sequenceFlow id="{flow}"[^>]* targetRef="){old}"', rf'\1{new}"', text)


def another_kind(element: str, old: str, new: str) -> Edit:
    """Draw another kind of gateway."""
    return lambda text: re.sub(
        rf'<{old} id="{element}"(.*?)</{old}>', rf'<{new} id="{element}"\1</{new}>', text, flags=re.DOTALL
    )


def asking(flow: str, condition: str) -> Edit:
    """Give a plain flow a condition."""
    told = f'<conditionExpression xsi:type="tFormalExpression">{condition}</conditionExpression>'
    return lambda text: re.sub(
        rf'(<sequenceFlow id="{flow}"[^>]*?) />', rf"\1>{told}</sequenceFlow>", text, flags=re.DOTALL
    )


def all_of(*edits: Edit) -> Edit:
    """Several edits that are one mistake."""

    def edit(text: str) -> str:
        for one in edits:
            text = one(text)
        return text

    return edit


def without(element: str, attribute: str) -> Edit:
    """Take an attribute away from an element."""

    def edit(text: str) -> str:
        part = re.search(rf'<(\w+) id="{element}".*?>', text, re.DOTALL)
        assert part, element
        return text.replace(part[0], re.sub(rf'\s+fundguard:{attribute}="[^"]*"', "", part[0]))

    return edit


def still_runs(clock: str) -> str:
    """The sentence about a clock that nobody stops."""
    return f"the clock {clock} still runs when the run ends here"


RUNS: tuple[Mutant, ...] = (
    Mutant(
        "choice_before_a_join",
        CASE,
        all_of(
            another_kind("transfer_split", "parallelGateway", "exclusiveGateway"),
            once(
                '<exclusiveGateway id="transfer_split"',
                '<exclusiveGateway id="transfer_split" default="transfer_split__report_transfer"',
            ),
            asking("transfer_split__record_police_result", "public_concern"),
        ),
        "transfer_join",
        "a token waits at this join for ever: nothing comes any more by report_transfer__transfer_join",
        way="record_transfer transfer_split record_police_result",
    ),
    Mutant(
        "split_closed_by_a_choice",
        CASE,
        another_kind("transfer_join", "parallelGateway", "exclusiveGateway"),
        "case_closed",
        "a run comes to this end while report_transfer is still open",
        way="archive_case close_case case_closed",
        also=(
            (
                "case_handling.bpmn",
                "police_result_question",
                "the variable police is not set on every way to here",
            ),
        ),
    ),
    Mutant(
        "branch_past_its_join",
        CASE,
        retargeted("record_police_result__transfer_join", "transfer_join", "police_result_question"),
        "case_closed",
        "a run comes to this end while report_transfer is still open",
        way="archive_case close_case case_closed",
        also=(
            (
                "case_handling.bpmn",
                "police_result_question",
                "the variable police is not set on every way to here",
            ),
            ("case_handling.bpmn", "transfer_join", "the gateway neither splits nor joins"),
        ),
    ),
    Mutant(
        "flow_into_a_join_from_outside",
        CASE,
        retargeted("police_question__assess_amounts", "assess_amounts", "transfer_join"),
        "transfer_join",
        "a token waits at this join for ever: nothing comes any more by report_transfer__transfer_join, "
        "record_police_result__transfer_join",
        way="approve_investigation investigation_question police_question",
    ),
    Mutant(
        "branch_that_ends",
        CASE,
        retargeted("report_transfer__transfer_join", "transfer_join", "case_closed"),
        "case_closed",
        "a run comes to this end while record_police_result is still open",
        way="report_acknowledged report_transfer case_closed",
        also=(
            ("case_handling.bpmn", "transfer_join", "the gateway neither splits nor joins"),
            (
                "tip_handling.bpmn",
                "case_decided",
                "the run that answers can end at case_closed without passing case_handling.decision_in_force or "
                "case_handling.court_outcome_in_force",
            ),
        ),
    ),
    Mutant(
        "investigation_without_exit",
        CASE,
        once(
            '>investigation == "complete"<', '>investigation == "complete" and investigation == "send_back"<'
        ),
        "investigation_question",
        "the run goes round for ever: here it can never take investigation_question__police_question",
        way="case_filed begin_case appoint_handlers",
    ),
    Mutant(
        "report_without_exit",
        REPORT,
        once('>report == "send"<', '>report == "send" and report == "send_back"<'),
        "report_question",
        "the run goes round for ever: here it can never take report_question__deliver_report",
        way="report_due open_report record_police_result",
    ),
    Mutant(
        "transfer_never_refused",
        CASE,
        once('>transfer == "refuse"<', '>transfer == "refuse" and transfer == "transfer"<'),
        "transfer_question__assess_amounts",
        "no run ever takes this flow",
        way="police_question decide_transfer transfer_question",
    ),
    Mutant(
        "payment_never_asked",
        CASE,
        once(
            'decision == "penalty" or (decision == "no_penalty" and recovery_fen &gt; 0)',
            'decision == "send_back"',
        ),
        "payment_question__record_payments",
        "no run ever takes this flow",
        way="decision_in_force open_reward_in_force payment_question",
    ),
    Mutant(
        "no_payment_and_no_way",
        CASE,
        all_of(
            once(' default="payment_question__write_closing_report"', ""),
            asking("payment_question__write_closing_report", 'decision == "not_established"'),
        ),
        "payment_question",
        "the exclusive gateway has no default flow",
        way="decision_in_force open_reward_in_force payment_question",
    ),
    Mutant(
        "opinion_without_answer",
        CASE,
        all_of(
            once(' default="opinion_question__investigate"', ""),
            asking("opinion_question__investigate", 'opinion == "change"'),
        ),
        "opinion_question",
        "the exclusive gateway has no default flow",
        way="legal_review_question legal_review opinion_question",
    ),
    Mutant(
        "review_clock_never_stopped",
        CASE,
        without("legal_review", "stopsClock"),
        "case_closed",
        still_runs("legal_review"),
        way="archive_case close_case case_closed",
    ),
    Mutant(
        "decision_clock_runs_on_after_the_court",
        CASE,
        without("court_outcome_in_force", "stopsClock"),
        "case_closed",
        still_runs("decision"),
        way="archive_case close_case case_closed",
    ),
    Mutant(
        "statement_clock_runs_on_when_time_is_up",
        CASE,
        without("response_period_over", "stopsClock"),
        "case_closed",
        still_runs("statement_period"),
        way="archive_case close_case case_closed",
    ),
    Mutant(
        "service_clock_never_started",
        CASE,
        without("serve_decision", "clock"),
        "serve_decision",
        "the clock decision_service never runs when this element stops it",
        way="decision_settled_question penalty_decided serve_decision",
    ),
    Mutant(
        "verification_clock_runs_on",
        TIP,
        without("notify_not_accepted", "stopsClock"),
        "tip_closed",
        still_runs("lead_verification"),
        way="notify_not_accepted archive_tip tip_closed",
    ),
    Mutant(
        "answer_clock_runs_on",
        TIP,
        without("notify_tipster", "stopsClock"),
        "tip_closed",
        still_runs("tell_tipster_filing_decision"),
        way="case_opened_question archive_tip tip_closed",
    ),
    Mutant(
        "report_clock_runs_on_in_the_caller",
        REPORT,
        without("acknowledge_report", "stopsClock"),
        "case_closed",
        still_runs("case_report_to_province"),
        way="archive_case close_case case_closed",
        found_in=CASE,
    ),
    Mutant(
        "wait_when_refused",
        TIP,
        within("case_opened_question__case_decided", '"file"', '"refuse"'),
        "case_decided",
        "nobody answers here: on this way no run of case_handling was started",
        way="answer_tipster notify_tipster case_opened_question",
    ),
    Mutant(
        "message_to_nobody",
        REWARD,
        once(
            '<message id="reward_claimed_message" name="reward_claimed" />',
            '<message id="reward_claimed_message" name="reward_given_up" />',
        ),
        "reward_claimed",
        "no model waits for the message reward_claimed, which is sent",
        way="",
        found_in="messages",
    ),
    Mutant(
        "message_from_nobody",
        REWARD,
        once('name="reward_given_up" />', 'name="reward_returned" />'),
        "reward_given_up",
        "nobody sends the message reward_returned",
        way="reward_approved notify_reward notice_question notice_given reward_given_up",
        also=(
            *(
                (REWARD, f"{stage}_given_up", "nobody sends the message reward_returned")
                for stage in STAGES_OF_A_REWARD
            ),
            ("messages", "reward_given_up", "no model waits for the message reward_given_up, which is sent"),
        ),
    ),
    Mutant(
        "deadline_that_does_not_interrupt",
        CASE,
        within("response_period_over", 'cancelActivity="true"', 'cancelActivity="false"'),
        "decide_penalty",
        "a second token comes here while the first is still there",
        way="record_response response_question views_heard",
    ),
    Mutant(
        "handler_never_again",
        CASE,
        within(
            "investigate", 'fundguard:duty="handle"', 'fundguard:duty="handle" fundguard:excludes="handle"'
        ),
        "investigate",
        "nobody is left for this task: investigate, investigate, investigate need more than the 2 people of "
        "casework.case_handlers",
        way="approve_investigation investigation_question investigate",
    ),
    Mutant(
        "principal_approves_twice",
        REWARD,
        all_of(
            once("<flowNodeRef>approve_reward</flowNodeRef>", ""),
            once(
                "<flowNodeRef>approve_reward_again</flowNodeRef>",
                "<flowNodeRef>approve_reward_again</flowNodeRef><flowNodeRef>approve_reward</flowNodeRef>",
            ),
        ),
        "approve_reward_again",
        "nobody is left for this task: approve_reward, approve_reward_again need more than the 1 people of chief",
        way="approval_question discussion_question approve_reward_again",
    ),
)
