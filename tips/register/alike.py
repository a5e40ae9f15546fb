"""Tips of the same bureau that may be about the same matter: found by marks, decided by people."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from tips.models import LikenessJudgement, Tip, TipFile, TipMarks
from tips.rules.likeness import FROM, Likeness, likeness
from tips.sealing.blind_marks import marks_of

MOST_COMPARED = 200
MOST_SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """A tip that may be about the same matter, why, and what somebody said of it."""

    tip: Tip
    likeness: Likeness
    judgement: LikenessJudgement | None


def alike(tip: Tip) -> list[Alike]:
    """The likest tips of the bureau, the likest first; four questions to the database, however many there are."""
    kept = TipMarks.objects.filter(tip=tip).prefetch_related("tip__files").first()
    if kept is None:
        return []
    mine, judged = marks_of(kept), judgements_of(tip)
    found = [
        Alike(one.tip, likeness(mine, marks_of(one)), judged.get(one.tip_id)) for one in _candidates(kept)
    ]
    fitting = [one for one in found if one.likeness.score >= FROM or one.judgement]
    return sorted(fitting, key=lambda one: (-one.likeness.score, one.tip.pk))[:MOST_SHOWN]


def judgements_of(tip: Tip) -> dict[int, LikenessJudgement]:
    """The latest word on each pair, by the other tip."""
    rows = LikenessJudgement.objects.filter(Q(tip=tip) | Q(other=tip)).select_related("judged_by")
    return {row.other_id if row.tip_id == tip.pk else row.tip_id: row for row in reversed(rows)}


def _candidates(kept: TipMarks) -> QuerySet[TipMarks]:
    """Marks under the same key that share a place, a part of the text or a file; the newest first."""
    mine = kept.tip.files.exclude(state=TipFile.State.AWAITED).exclude(content_mark="").values("content_mark")
    equal = TipFile.objects.filter(tip=OuterRef("tip"), content_mark__in=mine)
    text = [value for value in kept.sketch if value >= 0]
    shared = Q(sketch__overlap=text) if text else Q()
    test = Q(Exists(equal)) | shared
    if kept.place:
        test |= Q(place=kept.place)
    found = TipMarks.objects.filter(test, tip__bureau=kept.tip.bureau_id, key_id=kept.key_id)
    rows = found.exclude(pk=kept.pk).select_related("tip__institution", "tip__run", "tip__case")
    return rows.prefetch_related("tip__files").order_by("-tip_id")[:MOST_COMPARED]
