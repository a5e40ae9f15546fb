"""Playing one scenario with a clock of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from workflows.errors import Refusal
from workflows.models import Run, Timer, WorkItem
from workflows.now import playing
from workflows.relay import drain
from workflows.scenarios import registry
from workflows.scenarios.model import Scenario, StepPlan

TICK = timedelta(microseconds=1)


class Failure(AssertionError):
    """An expectation was not met."""


@dataclass
class Outcome:
    """How a play ended."""

    title: str
    steps: int
    ended_at: datetime
    failures: list[str] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether every expectation was met."""
        return not self.failures


class Player:
    """The state of a play: the moment, names given to things, and the last refusal."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.now = scenario.starts_at
        self.names: dict[str, Any] = {}
        self.step_number = 0

    def account(self, username: str) -> Any:
        """The person of that user name. Raises: Failure."""
        found = get_user_model().objects.filter(username=username).first()
        if found is None:
            raise Failure(f"there is nobody called “{username}”")
        return found

    def key(self, purpose: str = "") -> str:
        """An idempotency key for the present step."""
        return f"scenario:{self.scenario.path.name}:{self.step_number}:{purpose}:{id(self)}"

    def open_item(self, element_id: str, matter: str = "") -> WorkItem:
        """The open work of an element, in the named matter if there are several. Raises: Failure."""
        items = WorkItem.objects.filter(element_id=element_id, status="open").select_related("run")
        if matter:
            items = items.filter(family_id=self.names[matter])
        found = list(items.order_by("-offered_at")[:2])
        if not found:
            offered = sorted(WorkItem.objects.filter(status="open").values_list("element_id", flat=True))
            raise Failure(f"nobody has “{element_id}” to do; open: {', '.join(offered) or 'nothing'}")
        if len(found) > 1 and not matter:
            raise Failure(f"“{element_id}” is open in several matters: name the matter")
        return found[0]

    def pass_time(self, until: datetime) -> None:
        """Let time pass: whatever falls due on the way happens at its own moment."""
        self.settle()
        while True:
            timer = (
                Timer.objects.filter(due_at__lt=until, run__status=Run.Status.RUNNING)
                .order_by("due_at")
                .first()
            )
            if timer is None:
                break
            self.now = max(self.now, timer.due_at + TICK)
            self.settle()
        self.now = max(self.now, until)
        self.settle()

    def settle(self) -> None:
        """Carry out effects and timers that are due now."""
        with playing(self.now):
            drain(self.now)


def play(scenario: Scenario, *, prepare: bool = True) -> Outcome:
    """Play a scenario to its end or to its first failure."""
    player = Player(scenario)
    outcome = Outcome(scenario.title, 0, player.now)
    if prepare:
        for preparation in registry.preparations:
            preparation(player.now)
    for step in scenario.steps:
        player.step_number = step.line
        try:
            with playing(player.now):
                _play_step(player, step)
        except Failure as failure:
            outcome.failures.append(f"step {step.line}: {failure}")
            break
        outcome.steps += 1
    outcome.ended_at = player.now
    return outcome


def _play_step(player: Player, step: StepPlan) -> None:
    if step.at is not None:
        player.pass_time(step.at)
    with playing(player.now):
        if step.does or step.acts:
            _act(player, step)
            player.settle()
        for name, wanted in step.expect.items():
            _check(player, name, wanted)


def _act(player: Player, step: StepPlan) -> None:
    try:
        if step.does:
            _do_task(player, step)
        else:
            _do_act(player, step)
    except Refusal as refusal:
        if refusal.code == step.refused:
            return
        wanted = f"instead of {step.refused} " if step.refused else ""
        raise Failure(f"refused {wanted}with {refusal.code}: {refusal}") from refusal
    if step.refused:
        raise Failure(f"was not refused; expected {step.refused}")


def _do_task(player: Player, step: StepPlan) -> None:
    player.now += timedelta(minutes=1)
    with playing(player.now):
        registry.performers[0](
            actor=player.account(step.who),
            item=player.open_item(step.does, step.matter),
            entries=step.entries,
            key=player.key(),
            now=player.now,
        )


def _do_act(player: Player, step: StepPlan) -> None:
    if step.acts not in registry.acts:
        raise Failure(f"unknown act “{step.acts}”; known: {', '.join(sorted(registry.acts))}")
    player.now += timedelta(minutes=1)
    with playing(player.now):
        registry.acts[step.acts](player, step.who, dict(step.entries))


def _check(player: Player, name: str, wanted: Any) -> None:
    if name not in registry.expectations:
        raise Failure(f"unknown expectation “{name}”; known: {', '.join(sorted(registry.expectations))}")
    registry.expectations[name](player, wanted)


def compare(what: str, wanted: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Compare named values as text. Raises: Failure naming the first difference."""
    for name, value in wanted.items():
        if name not in found:
            raise Failure(f"{what} has no “{name}”; known: {', '.join(sorted(found))}")
        if str(found[name]) != str(value):
            raise Failure(f"{what}: {name} is {found[name]}, expected {value}")
