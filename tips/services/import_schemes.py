"""Import reward schemes from a file as drafts: what is in force already is left out, the rest waits for approval."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models import Account
from casework.rule_sentences import in_words
from tips.models import RewardScheme, SchemeProposal
from tips.permissions import may_change_scheme
from tips.rules.scheme_check import problems
from tips.rules.scheme_data import as_data, version_from
from tips.schemes.in_force import stored_schemes
from tips.schemes.journal import record
from tips.services.propose_scheme import State, require_role_in
from workflows.door.transaction import one_transaction
from workflows.errors import Invalid


@dataclass(frozen=True)
class Imported:
    """One version of the file: its draft, or nothing where the database has it already."""

    key: str
    first_day: str
    draft: SchemeProposal | None


def import_schemes(rows: Mapping[str, Any], *, actor: Account, once: str, now: datetime) -> list[Imported]:
    """Make a draft of the actor for each version that is new; all of the file or nothing.

    Raises: NotFound, Invalid naming scheme, version and place, Repeated.
    """
    bureau = actor.bureau
    assert bureau is not None, "officials who propose schemes belong to a bureau"
    require_role_in(actor, bureau, now)
    _check(rows)
    made = []
    with one_transaction(once, now):
        stored = stored_schemes()
        for key, row in rows.items():
            known = (
                {_without_end(as_data(version)) for version in stored[key].versions}
                if key in stored
                else set()
            )
            for version in row["versions"]:
                data = as_data(version_from(version))
                is_known = _without_end(data) in known
                draft = None if is_known else _draft(key, row, data, actor, now)
                made.append(Imported(key, data["in_force_from"], draft))
    return made


def _check(rows: Mapping[str, Any]) -> None:
    for key, row in rows.items():
        for number, version in enumerate(row["versions"], 1):
            for problem in problems(version):
                where = f"{key}, {number}, {problem.place}"
                raise Invalid(f"{where}: {in_words(problem.text)}".replace("%", "%%"), problem.place)


def _without_end(data: Mapping[str, Any]) -> str:
    """A version to compare by: when it ends may have come from the version after it."""
    return repr(sorted((name, value) for name, value in data.items() if name != "in_force_to"))


def _draft(
    key: str, row: Mapping[str, Any], data: dict[str, Any], actor: Account, now: datetime
) -> SchemeProposal:
    bureau = actor.bureau
    assert bureau is not None
    scheme, _made = RewardScheme.objects.get_or_create(
        key=key,
        defaults={
            "title": row["title"],
            "title_zh": row["title_zh"],
            "region_code": bureau.region_code,
            "bureau": bureau,
            "created_at": now,
        },
    )
    if not may_change_scheme(scheme, bureau):
        raise Invalid(f"{key}: another bureau decides what this scheme says.")
    proposal = SchemeProposal.objects.create(
        kind=SchemeProposal.Kind.VERSION,
        scheme=scheme,
        bureau=bureau,
        data=data,
        state=State.DRAFT,
        proposed_by=actor,
        proposed_at=now,
    )
    record("reward_scheme_imported", scheme, actor, now, proposal=proposal.pk)
    return proposal
