"""Asking to see an identity, looking, ending it; proposing that the content of a tip is destroyed."""

from typing import Any

from tips.errors import Destroyed, NoIdentity
from tips.forms.openings import AskIdentityForm
from tips.forms.purging import HoldForm, ProposePurgeForm
from tips.models import IdentityRequest, TipKey
from tips.openings import own_request, tip_for_asking
from tips.purging.access import HOLDS, LIFTS, PROPOSES, due_tips, tip_to_keep
from tips.scenario.citizen import CODES, filled, tip_of
from tips.sealing import contents
from tips.selectors import tip_of_code
from tips.services.ask_identity import ask_identity as ask
from tips.services.hold_tip import lift_hold as lift
from tips.services.hold_tip import set_hold as hold
from tips.services.look_at_identity import end_opening as end
from tips.services.look_at_identity import look_at_identity as look
from tips.services.propose_purge import propose_purge as propose
from workflows.scenarios import Failure, Player, act, compare, expectation


@act("ask_identity")
def ask_identity(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Ask to see who the tipster is: purpose, reasons, period."""
    actor = player.account(who)
    tip = tip_for_asking(actor, tip_of(player).pk, player.now)
    given = filled(player, AskIdentityForm, entries, needs_key=False).cleaned_data
    ask(tip, actor=actor, key=player.key(), now=player.now, **given)


@act("look_at_identity")
def look_at_identity(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Look once at what was opened to `who`; `name` is what must stand there."""
    known = look(_request(player, who), actor=player.account(who), now=player.now)
    if known is None:
        raise NoIdentity
    if entries and known.name != entries.get("name"):
        raise Failure(f"the identity says “{known.name}”, expected “{entries.get('name')}”")


@act("end_opening")
def end_opening(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Close the identity before the opening expires."""
    end(_request(player, who), actor=player.account(who), key=player.key(), now=player.now)


@act("propose_purge")
def propose_purge(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Propose that the sealed content is destroyed: ground, reasons."""
    actor = player.account(who)
    tip = tip_to_keep(actor, tip_of(player).pk, PROPOSES, player.now)
    given = filled(player, ProposePurgeForm, entries, needs_key=False).cleaned_data
    propose(tip, actor=actor, key=player.key(), now=player.now, **given)


@act("set_hold")
def set_hold(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Demand that the content is kept: reasons."""
    _hold(player, who, entries, lifts=False)


@act("lift_hold")
def lift_hold(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Lift that demand: reasons."""
    _hold(player, who, entries, lifts=True)


@expectation("sealed")
def sealed(player: Player, wanted: dict[str, Any]) -> None:
    """`keys` kept or destroyed, `readable` by the machine, `code` that still opens it, `looks` at the identity,
    `due_for_purge` in the list of that person."""
    keys = TipKey.objects.select_related("tip__run", "tip__keys", "tip__bureau").get(
        tip__run__family_id=player.family_id
    )
    people = wanted.get("due_for_purge", {})
    due = {who: keys.tip in due_tips(player.account(who), player.now) for who in people}
    facts = {
        "keys": "destroyed" if keys.destroyed_at else "kept",
        "readable": _is_readable(keys),
        "code": tip_of_code(player.known[CODES][player.matter]) is not None,
        "looks": keys.tip.identity_openings.filter(request__isnull=False).count(),
        "due_for_purge": due,
    }
    compare("sealed", wanted, facts)


def _hold(player: Player, who: str, entries: dict[str, Any], *, lifts: bool) -> None:
    actor = player.account(who)
    tip = tip_to_keep(actor, tip_of(player).pk, LIFTS if lifts else HOLDS, player.now)
    given = filled(player, HoldForm, entries, needs_key=False).cleaned_data
    (lift if lifts else hold)(tip, actor=actor, key=player.key(), now=player.now, **given)


def _request(player: Player, who: str) -> IdentityRequest:
    latest = IdentityRequest.objects.filter(tip=tip_of(player)).order_by("id").last()
    if latest is None:
        raise Failure("nobody has asked for the identity in this matter")
    return own_request(player.account(who), latest.pk)


def _is_readable(keys: TipKey) -> bool:
    try:
        return bool(contents.open_words(keys.tip, contents.content_key(keys.tip)).story)
    except Destroyed:
        return False
