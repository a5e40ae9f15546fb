"""What officials do with reward schemes: name, draft, propose, decide."""

import json
from datetime import date
from typing import Any

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.rule_sentences import in_words
from tips.models import RewardScheme, SchemeProposal
from tips.rules.scheme_check import problems
from tips.services.decide_scheme import decide_scheme as decide
from tips.services.propose_scheme import draft_version, hand_in, open_scheme, propose_assignment
from workflows.errors import Invalid, Repeated
from workflows.scenarios import Failure, Player, act


@act("name_scheme")
def name_scheme(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Name a scheme of the official's bureau: key, title, title_zh."""
    _once(open_scheme, player, who, **entries)


@act("draft_scheme")
def draft_scheme(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Draft a version of `scheme` and hand it in; `version` in the shape of the schemes' file."""
    data = json.loads(json.dumps(entries["version"], default=str))
    for problem in problems(data):
        raise Invalid(in_words(problem.text).replace("%", "%%"), problem.place)
    _once(draft_version, player, who, scheme=_scheme(entries), data=data)
    draft = _latest(entries, SchemeProposal.State.DRAFT)
    hand_in(draft, actor=player.account(who), once=f"{player.key()}:hand-in", now=player.now)


@act("propose_scheme")
def propose_scheme(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Propose that the bureau uses `scheme` from `first_day` on."""
    first_day = date.fromisoformat(str(entries["first_day"]))
    facts = {"first_day": first_day, "remark": entries.get("remark", "")}
    _once(propose_assignment, player, who, scheme=_scheme(entries), **facts)


@act("decide_scheme")
def decide_scheme(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Approve or send back what waits for `scheme`."""
    proposal = _latest(entries, SchemeProposal.State.HANDED_IN)
    seen = proposal.handed_in_at.isoformat() if proposal.handed_in_at else ""
    decide(
        proposal,
        actor=player.account(who),
        decision=entries.get("decision", "approve"),
        answer=entries.get("answer", ""),
        seen=seen,
        once=player.key(),
        now=player.now,
    )


def _once(service: Any, player: Player, who: str, **facts: Any) -> None:
    """Carry a use case out in the official's bureau; a play that is repeated finds it done."""
    actor = player.account(who)
    try:
        service(actor=actor, bureau=_bureau(actor), once=player.key(), now=player.now, **facts)
    except Repeated:
        return


def _bureau(actor: Account) -> Bureau:
    if actor.bureau is None:
        raise NotFound
    return actor.bureau


def _scheme(entries: dict[str, Any]) -> RewardScheme:
    found = RewardScheme.objects.filter(key=entries["scheme"]).first()
    if found is None:
        raise Failure(f"there is no reward scheme “{entries['scheme']}”")
    return found


def _latest(entries: dict[str, Any], state: str) -> SchemeProposal:
    found = SchemeProposal.objects.filter(scheme__key=entries["scheme"], state=state).order_by("-id").first()
    if found is None:
        raise Failure(f"nothing of the scheme “{entries['scheme']}” is {state}")
    return found
