"""Threads that carry matters through, several at once each."""

import threading
import time
import traceback
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError, connection

from faults.browser import GaveUp
from faults.matter import Matter
from faults.patience import patiently
from workflows.models import WorkItem

# A worker that is killed again and again still has to get through its effects.
QUIET_SECONDS = 600
PAUSE = 0.1


@dataclass(frozen=True)
class Pace:
    """How the driver works: threads, matters that a thread has in hand, shares between 0 and 1."""

    threads: int = 6
    in_hand: int = 6
    http_share: float = 1.0
    page_share: float = 0.1


@dataclass
class Drive:
    """The matters and how far they are; `more` begins another one, or says that there are enough."""

    more: Callable[[], Matter | None]
    pace: Pace
    matters: list[Matter] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    _beginning: threading.Lock = field(default_factory=threading.Lock)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Let the threads begin."""
        for number in range(self.pace.threads):
            thread = threading.Thread(target=self._carry, name=f"driver {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def is_over(self) -> bool:
        """Whether every thread has ended."""
        return not any(thread.is_alive() for thread in self._threads)

    def finished(self) -> int:
        """Matters whose runs have all ended."""
        return sum(matter.is_finished for matter in self.matters)

    def stop(self) -> None:
        """End early and wait."""
        self.stopping.set()
        for thread in self._threads:
            thread.join(130)

    def _carry(self) -> None:
        active: list[Matter] = []
        try:
            while not self.stopping.is_set():
                while len(active) < self.pace.in_hand and (matter := self._next()):
                    active.append(matter)
                if not active:
                    return
                if not self._round(active):
                    time.sleep(PAUSE)
                active[:] = [matter for matter in active if self._goes_on(matter)]
        except Exception:
            self.failures.append(traceback.format_exc(limit=-4))
        finally:
            connection.close()

    def _next(self) -> Matter | None:
        with self._beginning:
            matter = self.more()
            if matter is not None:
                self.matters.append(matter)
            return matter

    def _round(self, active: list[Matter]) -> bool:
        """Give every matter a turn; say whether anything happened."""
        families = [matter.family_id for matter in active if matter.family_id]
        items = patiently(lambda: open_work(families))
        was_busy = False
        for matter in active:
            try:
                was_busy |= self._turn(matter, items.get(matter.family_id, []))
            except (GaveUp, DatabaseError) as error:
                self.failures.append(f"matter {matter.number}: {error}")
                matter.moved_at = 0.0
        return was_busy

    def _turn(self, matter: Matter, items: list[WorkItem]) -> bool:
        if matter.family_id is None:
            matter.begin()
            return True
        return matter.work(items, http_share=self.pace.http_share, page_share=self.pace.page_share)

    def _goes_on(self, matter: Matter) -> bool:
        if matter.is_finished:
            return False
        if time.monotonic() - matter.moved_at > QUIET_SECONDS:
            where = patiently(lambda: standing(matter.family_id))
            self.failures.append(f"matter {matter.number} stands still: {where}")
            return False
        return True


def open_work(families: list[Any]) -> dict[Any, list[WorkItem]]:
    """Open items by family, the oldest first."""
    found: dict[Any, list[WorkItem]] = defaultdict(list)
    rows = WorkItem.objects.filter(family_id__in=families, status=WorkItem.Status.OPEN)
    for item in rows.select_related("run").order_by("offered_at", "id"):
        found[item.family_id].append(item)
    return found


def standing(family_id: Any) -> str:
    """Where a matter stands, for a message."""
    items = WorkItem.objects.filter(family_id=family_id, status=WorkItem.Status.OPEN)
    return ", ".join(items.values_list("element_id", flat=True)) or "no open work"
