"""A citizen of a scenario: fills in the public forms and keeps a receipt code, nothing else."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from casework.errors import FormRefused
from casework.scenario.performer import posted
from casework.scenario.values import value
from tips.models import Reward, Tip
from tips.sealing import contents, envelopes
from tips.selectors import tip_of_code
from workflows.scenarios import Failure, Player

CODES = "receipt codes"


def seed_for(step_key: str) -> bytes:
    """The secret of the form that a step fills in; the same whenever the play is repeated."""
    words = f"scenario form {step_key}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), words, hashlib.sha256)


def keep_code(player: Player, code: str) -> None:
    """Note the receipt code of the matter, as the citizen does."""
    player.known.setdefault(CODES, {})[player.matter] = code


def tip_of(player: Player) -> Tip:
    """The tip of the matter, found by its receipt code. Raises: Failure."""
    code = player.known.get(CODES, {}).get(player.matter)
    tip = tip_of_code(code) if code else None
    if tip is None:
        raise Failure("no tip was filed in this matter")
    return tip


@value("tip")
def tip_named(player: Player, matter: str) -> str:
    """The tip that was filed in the matter of that name, as a form names it."""
    code = player.known.get(CODES, {}).get(matter)
    found = tip_of_code(code) if code else None
    if found is None:
        raise Failure(f"no tip was filed in the matter “{matter}”")
    return str(found.pk)


def key_of(player: Player, tip: Tip) -> bytes:
    """The content key, opened with the receipt code."""
    code = player.known[CODES][player.matter]
    return contents.content_key_for_tipster(tip, envelopes.tipster_key(code))


def reward_of(player: Player) -> Reward:
    """The reward of the matter. Raises: Failure."""
    found = Reward.objects.filter(tip=tip_of(player)).select_related("run", "tip").first()
    if found is None:
        raise Failure("no reward was opened in this matter")
    return found


def filled(
    player: Player,
    form_class: type[forms.Form],
    entries: Mapping[str, Any],
    *,
    needs_key: bool = True,
    **more: Any,
) -> Any:
    """The valid form with its entries. Raises: FormRefused."""
    key = {"key": player.key()} if needs_key else {}
    data, files = posted(player, form_class(**more), {**key, **entries})
    form = form_class(data, files, **more)
    if not form.is_valid():
        raise FormRefused(form)
    return form
