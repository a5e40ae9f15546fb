"""Let a tip join a case that is open already (并案): several tips on one case, in order of receipt."""

from datetime import datetime

from casework.models import Case
from tips.errors import CaseNotOpen
from tips.models import Tip
from workflows.door.joining import join_matter
from workflows.door.transaction import Act
from workflows.models import Run


def join_case(act: Act, run: Run, tip: Tip, case: Case, *, now: datetime) -> None:
    """Make the tip a part of the case's matter: its run waits for the same decision, duties count in both.

    Locks: the tip's family is held, the case's comes after it; a case never asks for a tip's. Under that lock the
    case is open, or the tip is refused. Raises: CaseNotOpen, DutiesCollide, Busy. Source: PP 14; TH 12.
    """
    assert case.run is not None, "a case is opened together with its run"
    join_matter(act, run, case.run)
    standing = Case.objects.select_related("run").get(pk=case.pk)
    if not is_open(standing) or standing.bureau_id != tip.bureau_id:
        raise CaseNotOpen
    tip.case, tip.joined_at = standing, now
    tip.save(update_fields=["case", "joined_at"])
    act.record("tip_joined_case", run=run, case=standing.pk)


def is_open(case: Case) -> bool:
    """Whether a tip can still join: the case is not concluded, so that its decision will be told."""
    assert case.run is not None, "a case is opened together with its run"
    return case.concluded_at is None and case.run.status == Run.Status.RUNNING
