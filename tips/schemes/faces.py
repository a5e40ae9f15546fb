"""Reward schemes as pages show them: sentences, tables, marks, who stands where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.faces import Fact
from casework.rule_sentences import all_in_words, in_words
from casework.rules.money import Money
from casework.rules.parameters import Mark
from tips.models import RewardScheme, SchemeProposal
from tips.rules.reward import WEAKEST_FIRST
from tips.rules.scheme_check import problems
from tips.rules.scheme_data import RateTable, Scheme, SchemeVersion, version_from
from tips.rules.scheme_words import falls_in_words, interval, kind_words, percent, sentences_of
from workflows.command_output import in_language

MARK_WORDS = {
    Mark.VERIFIED: gettext_lazy("read in the instrument (VERIFIED)"),
    Mark.SECOND_HAND: gettext_lazy("from a text that restates it (VERIFIED-2)"),
    Mark.RECALLED: gettext_lazy("to be confirmed (RECALLED)"),
}
MARK_TONES = {Mark.VERIFIED: "done", Mark.SECOND_HAND: "active", Mark.RECALLED: "open"}
STATE_TONES = {"draft": "open", "handed_in": "active", "approved": "done", "discarded": "void"}


@dataclass(frozen=True)
class RateLine:
    """One row of the decision table."""

    kind: str
    interval: str
    rate: str
    plus: Money
    floor: Money
    mark: str
    spans: int
    """How many rows the kind of tip has, on the first of them; else 0."""


@dataclass(frozen=True)
class VersionFace:
    """One version with everything that a reader wants to know of it."""

    version: SchemeVersion
    sentences: Sequence[str]
    falls: Sequence[str]
    lines: Sequence[RateLine]
    mark: Mark
    mark_word: str
    mark_tone: str
    number: int = 0

    @property
    def is_recalled(self) -> bool:
        """Whether a value or the first day is to be confirmed."""
        return self.mark == Mark.RECALLED or self.version.date_recalled


def version_face(scheme: Scheme, version: SchemeVersion, number: int = 0) -> VersionFace:
    """A version in the reader's language."""
    marks = {version.mark, *(band.mark for table in version.tables for band in table.bands)}
    weakest = next(mark for mark in WEAKEST_FIRST if mark in marks)
    return VersionFace(
        version=version,
        sentences=all_in_words(sentences_of(version)),
        falls=all_in_words(falls_in_words(scheme, version)),
        lines=[line for table in version.tables for line in _lines(version, table)],
        mark=weakest,
        mark_word=str(MARK_WORDS[weakest]),
        mark_tone=MARK_TONES[weakest],
        number=number,
    )


def versions_of(scheme: Scheme) -> list[VersionFace]:
    """All versions, the latest first."""
    faces = [version_face(scheme, version, number) for number, version in enumerate(scheme.versions, 1)]
    return faces[::-1]


def drafted_face(proposal: SchemeProposal) -> VersionFace | None:
    """What a draft says, once it can be read."""
    if proposal.kind != SchemeProposal.Kind.VERSION or problems(proposal.data):
        return None
    version = version_from(proposal.data)
    return version_face(drafted_scheme(proposal, version), version)


def drafted_scheme(proposal: SchemeProposal, version: SchemeVersion) -> Scheme:
    """The draft alone, as a scheme."""
    scheme = proposal.scheme
    return Scheme(scheme.key, scheme.title, scheme.title_zh, (version,))


def title_of(scheme: Scheme | RewardScheme) -> str:
    """The name of the place in the reader's language."""
    return in_language(scheme.title, scheme.title_zh)


def standing(scheme: Scheme, today: date) -> tuple[str, str]:
    """Tone and words for where a scheme stands today."""
    if scheme.version_on(today):
        return "done", _("in force")
    if scheme.versions[0].in_force_from > today:
        return "active", _("not yet in force")
    return "void", _("no longer in force")


def proposal_facts(proposal: SchemeProposal) -> list[Fact]:
    """Who proposed what, who decided."""
    return [
        Fact(_("Scheme"), title_of(proposal.scheme)),
        Fact(_("Bureau"), proposal.bureau.name),
        Fact(_("Proposed by"), str(proposal.proposed_by)),
        Fact(_("Decided by"), str(proposal.decided_by or "")),
    ]


def version_facts(version: SchemeVersion) -> list[Fact]:
    """Source and days of a version."""
    until: Any = version.in_force_to.isoformat() if version.in_force_to else _("until further notice")
    first = version.in_force_from.isoformat()
    return [
        Fact(_("Instrument"), version.source),
        Fact(_("Article"), version.article),
        Fact(_("For tips received"), _("%(first)s to %(last)s") % {"first": first, "last": until}),
    ]


def _lines(version: SchemeVersion, table: RateTable) -> list[RateLine]:
    below: Money | None = None
    lines = []
    for at, band in enumerate(table.bands):
        lines.append(
            RateLine(
                kind=in_words(kind_words(table)),
                interval=in_words(interval(band, below, version.up_to_included)),
                rate=percent(band.rate),
                plus=band.plus,
                floor=table.floor,
                mark="" if band.mark == Mark.VERIFIED else str(band.mark),
                spans=0 if at else len(table.bands),
            )
        )
        below = band.up_to
    return lines
