"""What the process of a tip calls when it goes to another bureau or joins a case that is open."""

from typing import Any

from casework.models import Case
from tips.coming_back import messages
from tips.models import Tip, TipGroupPermission, TipUserPermission
from tips.register import entries
from tips.register.referral_letters import issue_referral_letter
from tips.selectors import tip_of_run
from tips.services.join_case import join_case as join_tip
from tips.services.look_at_identity import close_openings
from workflows.registry import OperationCall, compute
from workflows.rules.texts import gettext_noop, text

HANDED_OVER = gettext_noop(
    "Your report was handed to %(bureau)s, which decides whether it may act. You can go on using the same "
    "receipt code."
)


@compute("tips.hand_over_tip")
def hand_over_tip(call: OperationCall) -> dict[str, Any]:
    """Give the tip to the bureau that its row names: new number, new period; no grant and no look is left.

    The words stay sealed as they are; whoever takes the work there gets the grant. Source: PP 10–12; TH 9–11.
    """
    tip = tip_of_run(call.run)
    entry = entries.current_entry(tip)
    came_as = entries.how_it_goes(entry)
    issue_referral_letter(call.act, call.run, tip, entry, actor=call.act.actor)
    made = entries.hand_over(tip, entry, came_as=came_as, now=call.now)
    TipUserPermission.objects.filter(content_object=tip).delete()
    TipGroupPermission.objects.filter(content_object=tip).delete()
    close_openings(call.act, tip, now=call.now)
    call.act.change.alter(call.run, unit_id=made.bureau_id, business_key=made.number)
    call.act.record("tip_handed_over", run=call.run, bureau=made.bureau_id, number=made.number)
    _tell(call, tip, made.pk)
    return {"received_at": call.now.isoformat()}


@compute("tips.join_case")
def join_case(call: OperationCall) -> dict[str, Any]:
    """Let the tip wait for the decision of a case that is open already, as one matter with it."""
    case = Case.objects.select_related("run").get(pk=call.data["join_case_id"])
    tip = tip_of_run(call.run)
    join_tip(call.act, call.run, tip, case, now=call.now)
    if tip.files.filter(is_handed_on=True).exists():
        payload = {"tip": tip.pk, "by": call.act.actor.pk}
        call.act.send("tips.hand_on_files", key=f"hand_on:{tip.pk}", payload=payload, run=call.run)
    return {"case_id": case.pk}


def _tell(call: OperationCall, tip: Tip, entry_id: int) -> None:
    sentence = text(HANDED_OVER, bureau=tip.bureau.name)
    messages.post_sentence(tip, sentence, key=f"handed_over:{entry_id}", now=call.now)
    key = f"handed_over:{entry_id}:nudge"
    call.act.send("tips.nudge", key=key, payload={"tip": tip.pk}, run=call.run)
