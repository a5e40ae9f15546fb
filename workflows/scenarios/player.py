"""Playing one scenario with a clock of its own."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from workflows.background.poke import muted
from workflows.errors import Refusal
from workflows.models import InboxEntry, Run, WorkItem
from workflows.now import now, playing
from workflows.rules.calendar import SHANGHAI, civil_date
from workflows.scenarios import registry
from workflows.scenarios.comparing import Failure
from workflows.scenarios.files import ScenarioRefused
from workflows.scenarios.model import Scenario, StepPlan
from workflows.scenarios.passing_time import happen_until, settle

HAND = timedelta(minutes=1)
"""What a person needs for one act: the next step without a moment of its own is a minute later."""


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
    """The state of a play: the moment, the step, the matters by name, what the citizens know."""

    def __init__(self, scenario: Scenario, *, today: date | None = None, key_prefix: str = "") -> None:
        self.scenario = scenario
        self.today = today or civil_date(now())
        self.now = scenario.start.after(now(), self.today)
        self.matters: dict[str, Any] = {}
        self.matter = ""
        self.known: dict[str, Any] = {}
        self.undo = ExitStack()
        self._next = 0
        self._key_prefix = key_prefix or f"scenario:{scenario.path.stem}:{id(self)}"

    @property
    def step(self) -> StepPlan:
        """The step that is played now, or comes next."""
        return self.scenario.steps[self._next]

    @property
    def is_over(self) -> bool:
        """Whether no step is left."""
        return self._next == len(self.scenario.steps)

    def coming(self) -> datetime:
        """The moment at which the next step begins."""
        return self.step.at.after(self.now, self.today) if self.step.at else self.now

    def play_step(self) -> None:
        """Play one step. Raises: Failure."""
        step = self.step
        with muted():
            if step.at is not None:
                self.pass_time(self.coming())
            if step.matter:
                self.matter = step.matter
            with playing(self.now):
                if step.does or step.acts:
                    self._act(step)
                for name, wanted in step.expect.items():
                    registry.expectations[name](self, wanted)
        self._next += 1

    def pass_time(self, until: datetime) -> None:
        """Let time pass: whatever falls due on the way happens at its own moment. Raises: Failure."""
        if until < self.now:
            raise Failure(f"{_local(until)} lies before {_local(self.now)}, and time does not go back")
        happen_until(self.now, until)
        self.now = until

    def begin_matter(self, run: Run) -> None:
        """Note a new matter by its first run, under the step's name for it; without a name the play has one matter."""
        if self.matter in self.matters:
            raise Failure("a second matter needs a name: write “matter” with the step")
        self.matters[self.matter] = run.pk

    @property
    def family_id(self) -> Any:
        """The family of the matter that the step is about, also once it joined another. Raises: Failure."""
        if self.matter not in self.matters:
            known = ", ".join(filter(None, self.matters)) or "none"
            raise Failure(f"there is no matter “{self.matter}”; known: {known}")
        return Run.objects.values_list("family_id", flat=True).get(pk=self.matters[self.matter])

    def runs(self, **facts: Any) -> QuerySet[Run]:
        """Runs of the matter, the latest first."""
        return Run.objects.filter(family_id=self.family_id, **facts).order_by("-started_at", "-id")

    def account(self, username: str) -> Any:
        """The person of that user name. Raises: Failure."""
        found = get_user_model().objects.filter(username=username).first()
        if found is None:
            raise Failure(f"there is nobody called “{username}”")
        return found

    def key(self, purpose: str = "") -> str:
        """An idempotency key for the present step, the same whenever this play is repeated."""
        return f"{step_key(self._key_prefix, self._next)}{purpose and ':'}{purpose}"

    def open_item(self, element_id: str) -> WorkItem:
        """The open work of an element in the matter; where a refusal is expected, also work that was done.

        Raises: Failure.
        """
        items = (
            WorkItem.objects.filter(family_id=self.family_id).select_related("run").order_by("-offered_at")
        )
        is_open = items.filter(status=WorkItem.Status.OPEN)
        found = is_open.filter(element_id=element_id).first()
        if found is None and self.step.refused:
            found = items.filter(element_id=element_id).first()
        if found is None:
            offered = ", ".join(sorted(is_open.values_list("element_id", flat=True)))
            raise Failure(f"nobody has “{element_id}” to do; open: {offered or 'nothing'}")
        return found

    def _act(self, step: StepPlan) -> None:
        self.now += HAND
        if InboxEntry.objects.filter(key=self.key()).exists():
            return  # the play was broken off after this step and is taken up again
        try:
            with playing(self.now):
                _do_task(self, step) if step.does else registry.acts[step.acts](
                    self, step.who, dict(step.entries)
                )
        except Refusal as refusal:
            _check_refusal(refusal, step)
        else:
            if step.refused:
                raise Failure(f"was not refused; expected {step.refused.get('code')}")
        settle(self.now)


def step_key(prefix: str, index: int) -> str:
    """The idempotency key of the step with that index in a play with that prefix."""
    return f"{prefix}:{index + 1}"


def play(scenario: Scenario, *, today: date | None = None, prepare: bool = True) -> Outcome:
    """Play a scenario to its end or to its first failure."""
    player = Player(scenario, today=today)
    if prepare:
        for preparation in registry.preparations:
            preparation(player.now)
    outcome = Outcome(scenario.title, 0, player.now)
    with player.undo:
        while not player.is_over:
            try:
                player.play_step()
            except (Failure, ScenarioRefused) as failure:
                outcome.failures.append(f"{player.step.label}: {failure}")
                break
            except Exception as error:
                error.add_note(f"while playing {scenario.path.name}, {player.step.label}")
                raise
            outcome.steps += 1
    outcome.ended_at = player.now
    return outcome


def _do_task(player: Player, step: StepPlan) -> None:
    actor = player.account(step.who)
    if not registry.performers:
        raise Failure("nobody has registered how tasks are done")
    registry.performers[0](
        player=player,
        actor=actor,
        item=player.open_item(step.does),
        entries=step.entries,
        key=player.key(),
        now=player.now,
    )


def _check_refusal(refusal: Refusal, step: StepPlan) -> None:
    wanted = step.refused
    if refusal.code != wanted.get("code"):
        instead = f"instead of {wanted['code']} " if wanted else ""
        raise Failure(f"refused {instead}with {refusal.code}: {refusal}") from refusal
    form = getattr(refusal, "form", None)
    fields = list(form.errors) if form is not None else [getattr(refusal, "field", None)]
    if "field" in wanted and wanted["field"] not in fields:
        raise Failure(f"refused for {fields} instead of “{wanted['field']}”: {refusal}") from refusal


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
