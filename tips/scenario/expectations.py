"""Expectations about tips, rewards, and what reaches the citizen."""

from typing import Any

from django.core import mail as django_mail

from tips.coming_back import messages as letters
from tips.models import Reward, SocialSupervisor, TipFile
from tips.scenario.citizen import key_of, reward_of, tip_of
from tips.selectors import thread
from tips.supervisors import activity
from workflows.rules.calendar import civil_date
from workflows.scenarios import Failure, Player, compare, expectation


@expectation("tip")
def tip(player: Player, wanted: dict[str, Any]) -> None:
    """Facts of the tip; moments are compared by day, `null` means not yet."""
    found = tip_of(player)
    files = found.files.all()
    facts = {
        "number": found.number,
        "real_name": found.is_real_name,
        "channel": found.channel,
        "from_supervisor": found.is_from_supervisor,
        "taken_in_by": found.taken_in_by.username if found.taken_in_by else None,
        "handed_on_by": found.handed_on_by,
        "entered": found.entered_at,
        "wants_reward": found.wants_reward,
        "received": found.received_at,
        "accepted": found.is_accepted,
        "supported": found.is_supported,
        "filed": found.is_filed,
        "decided": found.decided_at,
        "answered": found.answered_at,
        "archived": found.archived_at,
        "withdrawn": found.withdrawn_at,
        "files": files.filter(state__in=(TipFile.State.RECEIVED, TipFile.State.CHECKED)).count(),
        "files_awaited": files.filter(state=TipFile.State.AWAITED).count(),
        "files_checked": files.filter(state=TipFile.State.CHECKED).count(),
        "files_refused": files.filter(state=TipFile.State.REFUSED).count(),
        "files_handed_on": files.filter(is_handed_on=True).count(),
    }
    compare("tip", wanted, facts)


@expectation("reward")
def reward(player: Player, wanted: Any) -> None:
    """Facts of the reward, or `none`."""
    if wanted == "none":
        if Reward.objects.filter(tip=tip_of(player)).exists():
            raise Failure("a reward was opened, expected none")
        return
    found = reward_of(player)
    payouts = list(found.payouts.filter(came_back=None))
    facts = {
        "number": found.claim_number,
        "scheme": found.scheme,
        "base": found.base_amount,
        "eligible": found.is_eligible,
        "level": found.level,
        "amount": found.amount,
        "approvals": found.approvals.filter(is_approved=True).count(),
        "notified": found.notified_at,
        "claimed": found.claimed_at,
        "lapsed": found.lapsed_at,
        "given_up": found.given_up_at,
        "paid": sum(one.amount for one in payouts) if payouts else None,
        "paid_on": max(one.paid_on for one in payouts) if payouts else None,
    }
    compare("reward", wanted, facts)


@expectation("messages")
def messages(player: Player, wanted: Any) -> None:
    """Texts that stand in the thread as the citizen reads it; or `count` and `contains`."""
    found = tip_of(player)
    key = key_of(player, found)
    read = [letters.read(message, key).text for message in thread(found)]
    facts = wanted if isinstance(wanted, dict) else {"contains": wanted}
    compare("messages", {k: v for k, v in facts.items() if k != "contains"}, {"count": len(read)})
    for text in facts.get("contains", []):
        if not any(str(text) in letter for letter in read):
            raise Failure(f"no message to or from the citizen contains “{text}”; there are {read}")


@expectation("mail")
def mail(player: Player, wanted: dict[str, int]) -> None:
    """Address → number of mails; no mail may name the tip or the case."""
    sent = getattr(django_mail, "outbox", [])
    found = {address: sum(address in letter.to for letter in sent) for address in wanted}
    compare("mail", wanted, found)
    names = player.runs().values_list("business_key", flat=True)
    for letter in sent:
        if named := [name for name in names if name in f"{letter.subject} {letter.body}"]:
            raise Failure(f"a mail to {letter.to} names {named[0]}")


@expectation("supervisors")
def supervisors(player: Player, wanted: dict[str, Any]) -> None:
    """Name → tips this year as the leader's list shows them, `few` below the smallest number; or `in_term`."""
    today = civil_date(player.now)
    known = list(SocialSupervisor.objects.all())
    counts = activity(known, today.replace(month=1, day=1), today)
    facts: dict[str, Any] = {"in_term": sum(one.is_in_term(today) for one in known)}
    for one in known:
        face = counts[one.pk]
        facts[one.name] = face.tips if face.is_counted else "few"
    compare("supervisors", wanted, facts)


@expectation("reexamination")
def reexamination(player: Player, wanted: Any) -> None:
    """The latest request to look at a decision again, or `none`."""
    found = tip_of(player).reexaminations.select_related("examined_by").last()
    if found is None or wanted == "none":
        if found is not None or wanted != "none":
            raise Failure(f"reexamination: {found}, expected {wanted}")
        return
    facts = {
        "about": found.about,
        "outcome": found.outcome,
        "asked": found.asked_at,
        "examined": found.examined_at,
        "examiner": found.examined_by.username if found.examined_by else None,
    }
    compare("reexamination", wanted, facts)
