"""A small process of its own for the tests of the door: draft, review, notice, answer."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from casework.models import Account, Bureau
from workflows import definitions, registry
from workflows.door.commands import command, new_matter, start_run
from workflows.models import LaneMember, Run, WorkItem
from workflows.rules.calendar import Calendar
from workflows.rules.periods import Period, Unit

SAMPLES = Path(__file__).parent / "samples"
told: list[str] = []
failures: list[Exception] = []


@registry.compute("sample.count")
def count(call: registry.OperationCall) -> dict[str, Any]:
    """Count the drafts."""
    return {"drafts": call.data.get("drafts", 0) + 1}


@registry.effect("sample.tell")
def tell(call: registry.EffectCall) -> dict[str, Any]:
    """Tell somebody outside; fails as often as the test asks for."""
    if failures:
        raise failures.pop()
    told.append(call.key)
    return {"told": True}


@pytest.fixture(autouse=True)
def outside() -> list[str]:
    """What left the house in this test."""
    told.clear()
    failures.clear()
    return told


@pytest.fixture
def failing() -> list[Exception]:
    """Failures that the next calls of the effect raise."""
    return failures


@pytest.fixture
def sample_periods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every legal period is three working days."""
    period = registry.LegalPeriod(Period(3, Unit.WORKING_DAYS), Calendar(), "PP 41")
    monkeypatch.setattr(registry, "_period_source", [lambda key, at, run: period])


@pytest.fixture
def bureau(db: None) -> Bureau:
    """A county bureau."""
    return Bureau.objects.create(
        name="云河县医疗保障局",
        english_name="Yunhe",
        short_name="云河医保",
        level="county",
        region_code="999999",
    )


@pytest.fixture
def person(bureau: Bureau, moment: datetime) -> Callable[..., Account]:
    """Make an account that works in some lanes of the bureau."""

    def make(name: str, *lanes: str) -> Account:
        account = Account.objects.create(username=name, display_name=name, bureau=bureau)
        for lane in lanes:
            LaneMember.objects.create(account=account, lane=lane, unit_id=bureau.pk, starts_at=moment)
        return account

    return make


@pytest.fixture
def start(bureau: Bureau, moment: datetime, sample_periods: None) -> Callable[..., Run]:
    """Start a matter under the sample process."""
    definitions.live.cache_clear()
    definitions.publish({"sample.bpmn": (SAMPLES / "sample.bpmn").read_bytes()}, ["sample"], now=moment)
    started: list[int] = []

    def begin(key: str = "start") -> Run:
        started.append(1)
        with new_matter(actor=None, key=f"{key}-{len(started)}", now=moment, agent="test") as act:
            return start_run(
                act,
                "sample",
                subject=("sample", len(started)),
                business_key=f"S-{len(started)}",
                unit_id=bureau.pk,
                data={},
            )

    return begin


@pytest.fixture
def do(moment: datetime) -> Callable[..., None]:
    """Complete the open item of an element."""

    def complete(run: Run, element_id: str, actor: Account, *, key: str = "", **outcome: Any) -> None:
        item = WorkItem.objects.get(run=run, element_id=element_id, status="open")
        with command(item, actor=actor, key=key or str(item.pk), now=moment) as step:
            step.complete(**outcome)

    return complete
