"""The watch that beat starts: ends incidents that are over, finishes approved skips, finds runs that stand still."""

import logging
from datetime import datetime

from workflows.incidents.causes import STALLED
from workflows.incidents.raising import Failed, end_what_is_over, raise_incident
from workflows.incidents.requests import finish_approved
from workflows.incidents.waiting import stalled_runs
from workflows.models import Incident, Run

logger = logging.getLogger(__name__)
MOST = 200


def watch(now: datetime) -> int:
    """Look once; returns how many runs were found that wait for nothing or lost a wait."""
    end_what_is_over(now)
    found = list(stalled_runs().only("pk", "process_id", "business_key")[:MOST])
    for run in found:
        raise_incident(failed_run(run), STALLED, now=now)
        logger.error("run waits for nothing", extra={"model": run.process_id, "number": run.business_key})
    finish_approved(now)
    return len(found)


def failed_run(run: Run) -> Failed:
    """A run that waits for nothing."""
    return Failed(Incident.Kind.STALLED, f"stalled:{run.pk}", run_id=run.pk, process_id=run.process_id)
