"""Acts on legal periods: asking for time, answering, ending a pause. The same forms and use cases as the pages."""

from typing import Any

from django import forms

from casework.clock_access import requests_to_answer
from casework.errors import FormRefused
from casework.models import Account
from casework.scenario.performer import posted
from casework.services import answer_time_request as answering
from casework.services import ask_for_time as asking
from casework.time_forms import ExtensionForm, PauseEndForm, PauseForm, TimeAnswerForm
from workflows.models import Clock, ClockRequest
from workflows.scenarios import Failure, Player, act, compare, expectation


@act("ask_extension")
def ask_extension(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Ask for the next extension of the running period `clock`."""
    clock = _clock(player, entries)
    extension = asking.next_extension(clock)
    given: dict[str, Any] = {"reason": str(entries.get("reason", ""))}
    if extension is not None:
        given = _filled(player, ExtensionForm, entries, extension=extension)
    asking.ask_for_extension(
        actor=player.account(who),
        clock=clock,
        value=given.get("value"),
        reason=given["reason"],
        key=player.key(),
        now=player.now,
    )


@act("ask_pause")
def ask_pause(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Ask that the running period `clock` stands still."""
    clock = _clock(player, entries)
    given = _filled(player, PauseForm, entries, grounds=asking.grounds_of(clock))
    asking.ask_for_pause(actor=player.account(who), clock=clock, key=player.key(), now=player.now, **given)


@act("answer_time_request")
def answer_time_request(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Grant or refuse what was asked for the period `clock`; where a refusal is expected, also again."""
    clock = _clock(player, entries)
    waiting = ClockRequest.objects.filter(clock=clock).order_by("answered_at", "-id")
    request = waiting.filter(answered_at=None).first() or (waiting.last() if player.step.refused else None)
    if request is None:
        raise Failure(f"nobody has asked for time of “{clock.rule_key}”")
    needed = answering.needs_discussion(request)
    given = _filled(player, TimeAnswerForm, entries, needs_discussion=needed)
    answering.answer_time_request(
        actor=player.account(who),
        request=request,
        answer=answering.Answer(**given),
        key=player.key(),
        now=player.now,
    )


@act("end_pause")
def end_pause(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Let the period `clock` run again after `last_date`."""
    clock = _clock(player, entries)
    given = _filled(player, PauseEndForm, entries)
    answering.end_pause(actor=player.account(who), clock=clock, key=player.key(), now=player.now, **given)


@expectation("time_requests")
def time_requests(player: Player, wanted: dict[str, dict[str, Any]]) -> None:
    """Period → facts of the latest request: wanted, value, answer, by, and for (who may answer it now)."""
    people = Account.objects.filter(lane_memberships__isnull=False).distinct()
    for rule_key, facts in wanted.items():
        mine = ClockRequest.objects.filter(clock__run__family_id=player.family_id, clock__rule_key=rule_key)
        latest = mine.select_related("answered_by").order_by("id").last()
        if latest is None:
            raise Failure(f"nobody has asked for time of “{rule_key}”")
        may = [one.username for one in people if requests_to_answer(one, player.now).filter(pk=latest.pk)]
        found = {
            "wanted": latest.rule_key,
            "value": latest.value,
            "answer": latest.answer or None,
            "by": latest.answered_by.username if latest.answered_by else None,
            "for": sorted(may),
        }
        compare(f"request for “{rule_key}”", facts, found)


def _clock(player: Player, entries: dict[str, Any]) -> Clock:
    rule_key = str(entries.pop("clock", ""))
    found = Clock.objects.filter(run__family_id=player.family_id, rule_key=rule_key, ended_at=None)
    clock = found.select_related("run").first()
    if clock is None:
        raise Failure(f"no period “{rule_key}” is running in this matter")
    return clock


def _filled(
    player: Player, form_class: type[forms.Form], entries: dict[str, Any], **arguments: Any
) -> dict[str, Any]:
    data, files = posted(player, form_class(**arguments), entries)
    form = form_class(data, files, **arguments)
    if not form.is_valid():
        raise FormRefused(form)
    return form.cleaned_data
