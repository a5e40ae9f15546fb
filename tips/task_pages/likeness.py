"""Tips that may be about the same matter, as pages show them: to who reads the bureau's register, nobody else."""

import secrets
from dataclasses import dataclass
from typing import Any

from casework.models import Account, Case
from casework.permissions import units_of
from casework.rule_sentences import all_in_words
from tips.forms.likeness import LikenessForm
from tips.models import Tip
from tips.register.alike import Alike, alike
from tips.register.listing import READS_REGISTER, decision_of
from tips.selectors import open_cases
from workflows.now import now

MOST_CASES = 20


@dataclass(frozen=True)
class AlikeFace:
    """A suggested tip in words, with the form to say what it is."""

    found: Alike
    reasons: list[Any]
    decision: str
    form: LikenessForm


def alike_context(account: Account, tip: Tip, bound: LikenessForm | None = None) -> dict[str, Any]:
    """What a page needs to show suggested tips."""
    if tip.bureau_id not in units_of(account, READS_REGISTER, now()):
        return {"alike": []}
    return {"alike": [_face(one, bound) for one in alike(tip)]}


def _face(one: Alike, bound: LikenessForm | None) -> AlikeFace:
    is_bound = bound is not None and bound.data.get("other") == str(one.tip.pk)
    initial = {"other": one.tip.pk, "key": secrets.token_urlsafe(24)}
    form = (
        bound
        if bound is not None and is_bound
        else LikenessForm(initial=initial, auto_id=f"id_{one.tip.pk}_%s")
    )
    return AlikeFace(one, list(all_in_words(one.likeness.reasons)), decision_of(one.tip), form)


def cases_to_join(tip: Tip, faces: list[AlikeFace]) -> list[Case]:
    """Open cases that fit: of suggested tips first, then those about the same institution."""
    found = open_cases(tip.bureau_id)
    suggested = {face.found.tip.case_id for face in faces} - {None}
    first = list(found.filter(pk__in=suggested))
    if tip.institution_id is None:
        return first
    same = found.filter(parties__institution=tip.institution_id).exclude(pk__in=suggested).distinct()
    return first + list(same[:MOST_CASES])
