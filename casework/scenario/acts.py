"""Acts on a case that are a part of a task: findings and evidence."""

from typing import Any

from casework.models import Case, Evidence
from casework.scenario.performer import do_task
from casework.scenario.values import one, resolved
from casework.services.add_evidence import add_small_file
from workflows.models import InboxEntry
from workflows.scenarios import Failure, Player, act


def case_of(player: Player) -> Case:
    """The case of the matter. Raises: Failure."""
    found = Case.objects.filter(run__family_id=player.family_id).select_related("bureau", "run").first()
    if found is None:
        raise Failure("no case was filed in this matter")
    return found


@act("add_finding")
def add_finding(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Record one established point; the investigation stays open."""
    _investigate(player, who, {**entries, "act": "record_finding"})


@act("withdraw_finding")
def withdraw_finding(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Withdraw the standing finding of that `conduct`."""
    conduct = str(entries.get("conduct", ""))
    standing = case_of(player).findings.filter(conduct=conduct, withdrawn_at=None)
    finding = one(standing, f"standing finding “{conduct}”")
    _investigate(player, who, {"act": "withdraw_finding", "finding": finding.pk})


@act("add_evidence")
def add_evidence(player: Player, who: str, entries: dict[str, Any]) -> None:
    """Add `files` of one legal `kind` with what they show (`title`)."""
    if unknown := sorted(set(entries) - {"files", "kind", "title"}):
        raise Failure(f"evidence has files, kind and title, not {', '.join(unknown)}")
    kind = str(entries.get("kind", Evidence.Kind.ELECTRONIC))
    if kind not in Evidence.Kind.values:
        raise Failure(f"“{kind}” is no kind of evidence; known: {', '.join(Evidence.Kind.values)}")
    for number, file in enumerate(resolved(player, list(entries.get("files", []))), 1):
        key = player.key(str(number))
        if not InboxEntry.objects.filter(key=key).exists():
            add_small_file(
                actor=player.account(who),
                case=case_of(player),
                file=file,
                kind=kind,
                title=str(entries.get("title", "")),
                key=key,
                now=player.now,
            )


def _investigate(player: Player, who: str, entries: dict[str, Any]) -> None:
    do_task(
        player=player,
        actor=player.account(who),
        item=player.open_item("investigate"),
        entries=entries,
        key=player.key(),
        now=player.now,
    )
