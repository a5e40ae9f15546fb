"""How the legal periods of tips and rewards are reached: the walls of the tip hold for its clocks."""

from datetime import datetime

from django.urls import reverse

from casework.clock_access import MatterDoor, register_door
from casework.models import Account
from casework.permissions import Role, units_of
from tips.models import IdentityRequest, Reward, Tip, TipPurge
from tips.permissions import RewardPermission, TipPermission, may_reward, may_tip
from tips.purging.access import SEES
from tips.yearly.access import READS
from workflows.models import Run

ASKS = frozenset({Role.INTAKE_OFFICER, Role.CASE_HANDLER})


def _sees_tip(account: Account, run: Run, now: datetime) -> bool:
    return may_tip(account, Tip.objects.get(pk=run.subject_id), TipPermission.VIEW, now)


def _handles_tip(account: Account, run: Run, now: datetime) -> bool:
    """An intake officer or a verifying officer to whom the tip was opened."""
    return run.unit_id in units_of(account, ASKS, now) and _sees_tip(account, run, now)


def _sees_reward(account: Account, run: Run, now: datetime) -> bool:
    return may_reward(account, Reward.objects.get(pk=run.subject_id), RewardPermission.VIEW, now)


def _asked(account: Account, run: Run, now: datetime) -> bool:
    return IdentityRequest.objects.filter(pk=run.subject_id, asked_by=account).exists()


def _purges(account: Account, run: Run, now: datetime) -> bool:
    return run.unit_id in units_of(account, SEES, now)


def _sees_asked(account: Account, run: Run, now: datetime) -> bool:
    return may_tip(account, _tip_of(run), TipPermission.VIEW, now)


def _asked_url(run: Run) -> str:
    return reverse("tips:tip", args=[_tip_of(run).pk])


def _tip_of(run: Run) -> Tip:
    return Tip.objects.get(reexaminations__pk=run.subject_id)


def _reports(account: Account, run: Run, now: datetime) -> bool:
    return run.unit_id in units_of(account, READS, now)


def _nobody(account: Account, run: Run, now: datetime) -> bool:
    return False


def register() -> None:
    """Make the clocks of tips and rewards reachable; the law gives no more time to claim a reward."""
    tips = MatterDoor(_sees_tip, _handles_tip, lambda run: reverse("tips:tip", args=[run.subject_id]))
    register_door("tip", tips)
    rewards = MatterDoor(_sees_reward, _nobody, lambda run: reverse("tips:reward", args=[run.subject_id]))
    register_door("reward", rewards)
    looks = MatterDoor(_asked, _nobody, lambda run: reverse("tips:identity_request", args=[run.subject_id]))
    register_door("identity_request", looks)
    purges = MatterDoor(_purges, _nobody, _purge_url)
    register_door("tip_purge", purges)
    again = MatterDoor(_sees_asked, _nobody, _asked_url)
    register_door("reexamination", again)
    reports = MatterDoor(_reports, _nobody, lambda run: reverse("tips:yearly_report", args=[run.subject_id]))
    register_door("tip_report", reports)


def _purge_url(run: Run) -> str:
    return reverse(
        "tips:purge", args=[TipPurge.objects.values_list("tip_id", flat=True).get(pk=run.subject_id)]
    )
