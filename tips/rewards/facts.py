"""What the system knows of each point of the checklist of a reward, so that nobody has to look it up."""

from django.utils.translation import gettext as _

from casework.document_facts import standing_findings
from casework.models import Case
from casework.rules.parameters import Mark
from enforcement.models import PenaltyDecision
from tips.models import Reward, Tip, TipFile
from tips.rewards.base import settled_by, waits_for_recovery
from tips.schemes.faces import MARK_WORDS
from workflows.rules.calendar import civil_date


def known_facts(reward: Reward) -> dict[str, str]:
    """A sentence for each point that the system knows something about; nothing that points at the tipster."""
    tip, case = reward.tip, reward.case
    return {
        "clear_leads": _leads(tip),
        "not_known_before": _known_before(case, tip),
        "found_true": _("Matters of the tip with a loss: %(count)s. Base: ¥%(base)s.")
        % {
            "count": sum(1 for finding in standing_findings(case) if finding.lead == tip.pk),
            "base": f"{reward.base_amount:,.2f}",
        },
        "can_be_identified": _(
            "The tipster wants the reward. The identity officer confirms the claim before payment."
        )
        if tip.wants_reward
        else _("The tipster wants no reward."),
        "first_tip": _rank(reward),
        "staff": _("The identity is sealed: the identity officer compares it when the reward is claimed."),
        "withdrawn": _withdrawn(tip, case),
        "unreachable": _("Reported with a name and contact; reached by machine only.")
        if tip.is_real_name
        else _("Anonymous: reached on the page of the receipt code."),
    }


def _leads(tip: Tip) -> str:
    facts = {"count": tip.files.filter(state=TipFile.State.CHECKED).count()}
    if tip.is_supported:
        return _("The verification found the lead supported. Files of the tip: %(count)s.") % facts
    return _("Files of the tip: %(count)s.") % facts


def _known_before(case: Case, tip: Tip) -> str:
    """Cases on the same institution that were open or decided when the tip came in."""
    institutions = case.parties.exclude(institution=None).values("institution")
    earlier = Case.objects.filter(
        parties__institution__in=institutions, filed_on__lt=civil_date(tip.received_at)
    )
    return _("Earlier cases against the same party: %(count)s.") % {"count": earlier.distinct().count()}


def _rank(reward: Reward) -> str:
    ordered = list(
        Tip.objects.filter(case=reward.case).order_by("received_at", "id").values_list("pk", flat=True)
    )
    place = ordered.index(reward.tip_id) + 1 if reward.tip_id in ordered else 1
    words = _("Number %(place)s by time of receipt among %(count)s tips of this case.") % {
        "place": place,
        "count": max(len(ordered), 1),
    }
    if place == 1:
        return words
    added = _("New facts that it added to the case: %(facts)s") % {"facts": reward.tip.new_facts or "–"}
    own = _("A later tip is rewarded only for what it brought anew (RECALLED).")
    return f"{words} {added} {own}"


def _withdrawn(tip: Tip, case: Case) -> str:
    settled = settled_by(case)
    if tip.withdrawn_at is None or settled is None:
        return _("Not withdrawn.")
    facts = {"day": civil_date(tip.withdrawn_at).isoformat(), "decided": settled.on.isoformat()}
    return _("Withdrawn on %(day)s; the case was decided on %(decided)s.") % facts


def base_ground(case: Case) -> str:
    """What the base of a reward of a case rests on, in words; a choice of ours or of the region carries its mark."""
    decision = PenaltyDecision.objects.filter(case=case).first()
    if decision is None:
        settled = settled_by(case)
        return _("loss that the court established (%(judgment)s)") % {
            "judgment": settled.number if settled else "–"
        }
    if waits_for_recovery(decision):
        words = _("fund money that came back; the reward waited for all of it")
    else:
        words = _("loss that the decision recovers; the reward does not wait for the payment")
    return f"{words} · {MARK_WORDS[Mark.RECALLED]}"
