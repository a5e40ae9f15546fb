"""What the models of tips and rewards may call."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from casework.models import Case
from casework.services.numbering import official_number
from casework.services.open_case import open_case as open_a_case
from enforcement.models import PenaltyDecision
from tips import openings
from tips.coming_back import letterbox, messages
from tips.files.hand_on import hand_on_files
from tips.models import Reward, Tip
from tips.register.leads import party_of, received_on
from tips.rewards.base import NOTHING, reward_bases, settled_by, withdrew_before_decision
from tips.rewards.claim_period import CLAIM, NEW_PAYEE, began_on, claim_length
from tips.rewards.notices import MACHINE, PERSON, has_person_for_notices
from tips.rewards.quotes import scheme_key_of
from tips.rewards.unrewarded import why_none
from tips.runs import begin_reward
from tips.selectors import reward_of_run, tip_of_run, tips_of_case
from tips.services.check_file import check_file
from tips.services.claim_reward import CLAIMED, GIVEN_UP
from tips.services.look_at_identity import ENDED
from tips.services.reserve_reward import release
from workflows.door.transaction import Act
from workflows.messages import register_messages
from workflows.models import Clock, Run
from workflows.now import now
from workflows.registry import EffectCall, OperationCall, candidates, compute, effect
from workflows.rules.calendar import civil_date
from workflows.rules.texts import Text, gettext_noop, text

register_messages(CLAIMED, GIVEN_UP, ENDED)

OUTCOMES = {
    PenaltyDecision.Kind.PENALTY: gettext_noop(
        "The matter that you reported was investigated. The violation was established and a penalty was "
        "decided; the decision is in force."
    ),
    PenaltyDecision.Kind.NO_PENALTY: gettext_noop(
        "The matter that you reported was investigated. A violation was established, but the law provides "
        "for no penalty in this case."
    ),
    PenaltyDecision.Kind.NOT_ESTABLISHED: gettext_noop(
        "The matter that you reported was investigated. A violation could not be established."
    ),
}
JUDGED = gettext_noop(
    "The matter that you reported was investigated and handed to the police. A court has decided on it; its judgment "
    "is in force."
)
HANDLED = gettext_noop("The matter that you reported has been dealt with.")


@candidates("casework.verifiers")
def verifiers(run: Run, data: Mapping[str, Any]) -> Iterable[int]:
    """Accounts of the officers whom the leader assigned to check the lead (PP 14)."""
    tip = Tip.objects.get(pk=run.subject_id)
    return list(tip.verifiers.values_list("officer__account_id", flat=True))


@candidates("tips.opening_approvers")
def opening_approvers(run: Run, data: Mapping[str, Any]) -> Iterable[int]:
    """Accounts of the role above the asker's that may decide on a look at the identity (TH 18)."""
    return openings.approvers(run, now())


@compute("tips.open_case")
def open_case(call: OperationCall) -> dict[str, Any]:
    """Open the case of a tip in the same family; chosen files follow after the commit. Source: PP 14–16."""
    tip = tip_of_run(call.run)
    case = open_a_case(
        call.act,
        bureau=tip.bureau,
        cause=tip.cause,
        origin="tip",
        summary=tip.reviewed_copy,
        discovered_on=received_on(tip),
        filed_by=call.act.actor,
        party=party_of(tip),
    )
    tip.case = case
    tip.save(update_fields=["case"])
    if tip.files.filter(is_handed_on=True).exists():
        payload = {"tip": tip.pk, "by": call.act.actor.pk}
        call.act.send("tips.hand_on_files", key=f"hand_on:{tip.pk}", payload=payload, run=call.run)
    return {"case_id": case.pk}


@effect("tips.hand_on_files")
def hand_on(call: EffectCall) -> None:
    """Copy the chosen files into the case, without what names their makers."""
    tip = Tip.objects.select_related("case", "run").get(pk=call.payload["tip"])
    hand_on_files(tip, account_id=call.payload["by"], now=call.now)


@effect("tips.check_file")
def look_into_file(call: EffectCall) -> None:
    """Look into a file that was received, then keep it under lock or refuse it."""
    check_file(call.payload["file"], now=call.now)


@effect("tips.nudge")
def nudge(call: EffectCall) -> None:
    """Let the tipster know that there is a message."""
    letterbox.nudge(Tip.objects.get(pk=call.payload["tip"]), key=call.key, now=call.now)


@effect("tips.notify_tipster")
def notify_tipster(call: EffectCall) -> None:
    """Tell the tipster that the answer is there; it lies in the thread already. Source: TH 9, 12."""
    tip = _tip(call)
    letterbox.nudge(tip, key=call.key, now=call.now)
    Tip.objects.filter(pk=tip.pk).update(answered_at=call.now)


@effect("tips.tell_outcome")
def tell_outcome(call: EffectCall) -> None:
    """Tell how the case ended, unless the tip was withdrawn. Source: TH 14."""
    tip = _tip(call)
    if tip.withdrawn_at:
        return
    decision = PenaltyDecision.objects.filter(case__tips=tip).first()
    if decision:
        words = OUTCOMES[PenaltyDecision.Kind(decision.kind)]
    else:
        words = JUDGED if tip.case and settled_by(tip.case) else HANDLED
    _tell(tip, text(words), call)
    if reason := why_none(tip):
        messages.post_sentence(tip, reason, key=f"{call.key}:reward", now=call.now)


@compute("tips.open_reward")
def open_reward(call: OperationCall) -> dict[str, Any]:
    """Open a reward for each tip of a case that brought fund money back and whose tipster wants one; once each.

    The model asks when the decision or judgment is in force and when everything is paid, finance with each booking of
    recovered money: the later calls count where the fund must have its money back first.
    Source: 医保办发〔2022〕22号; a matter that several reported is the first one's by time of receipt (VERIFIED for
    Beijing, else RECALLED), a later one has what it brought anew (RECALLED).
    """
    case = Case.objects.select_related("bureau").get(pk=call.run.subject_id)
    due = reward_bases(case)
    have = set(Reward.objects.filter(case=case).values_list("tip", flat=True))
    for tip in tips_of_case(case):
        base = due.get(tip.pk, NOTHING)
        if base > 0 and tip.wants_reward and tip.pk not in have and not withdrew_before_decision(tip, case):
            _open_reward(call, tip, case, base)
    return {}


def _open_reward(call: OperationCall, tip: Tip, case: Case, base: Decimal) -> None:
    reward = Reward.objects.create(
        tip=tip,
        case=case,
        bureau=case.bureau,
        claim_number=official_number(case.bureau, "reward", civil_date(call.now)),
        scheme=scheme_key_of(tip, case),
        base_amount=base,
        is_insider=tip.is_insider,
        opened_at=call.now,
    )
    begin_reward(call.act, reward)
    reward.save(update_fields=["run"])


def open_reward_on_recovery(act: Act, run: Run) -> None:
    """Open the reward that had to wait for the fund's money, with the booking of the last of it."""
    open_reward(OperationCall(act, run, "record_payments", {}, act.now))


@effect("tips.notify_reward")
def notify_reward(call: EffectCall) -> dict[str, Any]:
    """Tell the tipster of the approved reward; the period begins with this day.

    Whom no machine reaches is told by the identity officer: the period then begins with the day of receipt.
    """
    reward = _reward(call)
    today = civil_date(call.now)
    # Rewards begun under earlier versions of the process have nobody who delivers the notice.
    by_machine = letterbox.reaches(reward.tip) or not has_person_for_notices(reward.leading_run)
    sentence = (
        gettext_noop(
            "A reward of ¥%(amount)s has been approved (claim number %(number)s). You have %(length)s from today "
            "to claim it on this page; later it counts as given up."
        )
        if by_machine
        else gettext_noop(
            "A reward of ¥%(amount)s has been approved (claim number %(number)s). The bureau also tells you by "
            "telephone, by letter or in person; the period for claiming begins on the day on which you are told. "
            "You can claim it on this page at once."
        )
    )
    facts: dict[str, object] = {"amount": f"{reward.to_pay:,.2f}", "number": reward.claim_number}
    if by_machine:
        facts["length"] = claim_length(CLAIM, reward, on=today)
    _tell(reward.tip, text(sentence, **facts), call)
    if by_machine:
        Reward.objects.filter(pk=reward.pk).update(notified_at=call.now)
    way = MACHINE if by_machine else PERSON
    return {"notified_on": today.isoformat(), "claim_round": "first", "notice_way": way}


@effect("tips.tell_paid")
def tell_paid(call: EffectCall) -> None:
    """Tell the tipster that the money is on its way."""
    reward = _reward(call)
    sentence = gettext_noop("The reward of ¥%(amount)s was paid to the account that you named.")
    amount = reward.payouts.filter(round=reward.round, came_back=None).aggregate(paid=Sum("amount"))["paid"]
    _tell(reward.tip, text(sentence, amount=f"{amount:,.2f}"), call)


@effect("tips.tell_not_eligible")
def tell_not_eligible(call: EffectCall) -> None:
    """Tell the tipster that there is no reward, and why."""
    reward = _reward(call)
    if call.payload.get("identity") == "refused":
        # The reasons stand in the thread since the officer wrote them.
        letterbox.nudge(reward.tip, key=call.key, now=call.now)
        return
    _tell(
        reward.tip, text(gettext_noop("No reward can be granted: %(reasons)s"), reasons=reward.reasons), call
    )


@effect("tips.tell_returned")
def tell_returned(call: EffectCall) -> dict[str, Any]:
    """Tell the tipster in neutral words that the bank sent the money back; another account is asked for."""
    reward = _reward(call)
    sentence = gettext_noop(
        "The bank could not credit the account that was named (claim number %(number)s). The money is kept for you: "
        "please name an account again on this page within %(length)s."
    )
    today = civil_date(call.now)
    length = claim_length(NEW_PAYEE, reward, on=today)
    _tell(reward.tip, text(sentence, number=reward.claim_number, length=length), call)
    # Rewards begun under earlier versions of the process count from `returned_on`.
    return {"notified_on": today.isoformat(), "returned_on": today.isoformat(), "claim_round": "again"}


@compute("tips.lapse_reward")
def lapse_reward(call: OperationCall) -> None:
    """Note that nobody claimed the reward in time; later counts as given up (医保办发〔2022〕22号)."""
    reward = reward_of_run(call.run)
    reward.lapsed_at = call.now
    reward.save(update_fields=["lapsed_at"])
    release(reward, actor=None, now=call.now)
    period, sentence = (
        (
            NEW_PAYEE,
            gettext_noop("No other account was named within %(length)s; the reward counts as given up."),
        )
        if Clock.objects.filter(run=call.run, rule_key=NEW_PAYEE).exists()
        else (CLAIM, gettext_noop("The reward was not claimed within %(length)s and counts as given up."))
    )
    key = f"lapsed:{reward.pk}" if reward.round == 1 else f"lapsed:{reward.pk}:{reward.round}"
    length = claim_length(period, reward, on=began_on(period, reward, call.now))
    messages.post_sentence(reward.tip, text(sentence, length=length), key=key, now=call.now)


def _tip(call: EffectCall) -> Tip:
    assert call.run is not None, "this effect belongs to a run"
    return Tip.objects.select_related("run").get(pk=call.run.subject_id)


def _reward(call: EffectCall) -> Reward:
    assert call.run is not None, "this effect belongs to a run"
    return Reward.objects.select_related("tip", "tip__run").get(pk=call.run.subject_id)


def _tell(tip: Tip, sentence: Text, call: EffectCall) -> None:
    messages.post_sentence(tip, sentence, key=call.key, now=call.now)
    letterbox.nudge(tip, key=call.key, now=call.now)
