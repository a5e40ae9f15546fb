"""`bench tips`: twenty reports a second with files for five minutes, broker and store stopped for half a minute each.

Web, worker, beat, PostgreSQL, Valkey, the store and the senders all share the machine. Reports come on a timetable
whether or not earlier ones were answered; whoever is told to try again does so with the same form. At the end every
accepted report is looked for by its code, and every file that was said to be received is read and compared.
"""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from benchmarks.tip_floor import floor_ms
from benchmarks.tip_senders import FILE_KB, Sent, Timetable
from benchmarks.tip_stock import loss_of, wait_until_settled
from faults.house import House, standing_house
from faults.own_servers import OwnServers, own_servers

HAS_OWN_SERVERS = True
WEBS = 2
RATE = float(os.environ.get("BENCH_TIPS_RATE", "20"))
SECONDS = float(os.environ.get("BENCH_TIPS_SECONDS", "300"))
DOWN_FOR = SECONDS / 10
BROKER_DOWN_AT, STORE_DOWN_AT = SECONDS / 3, SECONDS * 2 / 3


def measure() -> dict[str, Any]:
    """All figures."""
    with (
        tempfile.TemporaryDirectory(prefix="fundguard-bench-tips-") as folder,
        own_servers(Path(folder) / "servers") as own,
        standing_house(own.around, webs=WEBS) as house,
    ):
        floor = floor_ms()
        timetable = Timetable(house.webs, rate=RATE, seconds=SECONDS)
        # The servers end with the thread that started them: that is this one.
        with ThreadPoolExecutor(1) as pool:
            sending = pool.submit(timetable.carry_out)
            _outages(own, timetable)
            sent = sending.result()
        settled_s = wait_until_settled(sent)
        loss = loss_of(sent, house)
        return _figures(sent, floor, house) | {"settled_after_s": round(settled_s, 1)} | loss


def _outages(own: OwnServers, timetable: Timetable) -> None:
    for server, at in ((own.valkey, BROKER_DOWN_AT), (own.store, STORE_DOWN_AT)):
        timetable.sleep_until(at)
        server.stop()
        timetable.sleep_until(at + DOWN_FOR)
        server.start()


def _figures(sent: list[Sent], floor: float, house: House) -> dict[str, Any]:
    windows = {
        "calm": [one for one in sent if not _is_down(one.due_s)],
        "broker_down": [one for one in sent if _within(one.due_s, BROKER_DOWN_AT)],
        "store_down": [one for one in sent if _within(one.due_s, STORE_DOWN_AT)],
    }
    calm = sorted(one.ms for one in windows["calm"] if one.code)
    figures = {f"{name}_p95_ms": _p95([one.ms for one in some if one.code]) for name, some in windows.items()}
    return {
        "rate_per_s": RATE,
        "seconds": SECONDS,
        "reports": len(sent),
        "file_kb": FILE_KB,
        "accepted": sum(bool(one.code) for one in sent),
        "tried_again": sum(one.tries - 1 for one in sent),
        "told_files_to_follow": sum(one.is_file_awaited for one in sent),
        **figures,
        "calm_p50_ms": round(calm[len(calm) // 2], 1) if calm else None,
        "floor_ms": round(floor, 2),
        "calm_p95_ratio": round(figures["calm_p95_ms"] / floor, 1) if calm else None,
        "late_start_p95_ms": _p95([one.late_ms for one in sent]),
        "webs": len(house.webs),
        "load_1m": round(os.getloadavg()[0], 1),
    }


def _p95(values: list[float]) -> float:
    values = sorted(values)
    return round(values[int(len(values) * 0.95)], 1) if values else 0.0


def _within(due: float, at: float) -> bool:
    return at <= due < at + DOWN_FOR


def _is_down(due: float) -> bool:
    """Servers need a moment to come back: ten seconds more are counted neither as calm nor as down."""
    return any(at <= due < at + DOWN_FOR + 10 for at in (BROKER_DOWN_AT, STORE_DOWN_AT))
