"""A case that is sent back a thousand times: what the first laps cost beside the last ones, through the door."""

import statistics
import time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.case_walk import Walker

LAPS = 1000
SAMPLE = 100
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "SET LOCAL")
BACK = {"investigate": None, "approve_investigation": {"investigation": "send_back"}}


def measure_laps(walker: Walker) -> dict[str, Any]:
    """Time of a lap at the end over that at the beginning (medians), and statements per step in the last lap."""
    run = walker.start()
    item = walker.open_item(run)
    assert item is not None, "a case begins with a task"
    walker.step(item)
    spent = [_lap(walker, run) for _ in range(LAPS - 1)]
    with CaptureQueriesContext(connection) as captured:
        _lap(walker, run)
    looks = len(BACK)  # finding the task is not counted
    counted = sum(not q["sql"].startswith(CONTROL) for q in captured.captured_queries) - looks
    return {
        "lap_ratio": statistics.median(spent[-SAMPLE:]) / statistics.median(spent[:SAMPLE]),
        "statements_lap_1000": counted / len(BACK),
    }


def _lap(walker: Walker, run: Any) -> float:
    """Seconds of one lap without finding its tasks."""
    spent = 0.0
    for _ in BACK:
        item = walker.open_item(run)
        assert item is not None, "a lap leaves a task behind"
        begin = time.monotonic()
        walker.step(item, BACK[item.element_id])
        spent += time.monotonic() - begin
    return spent
