"""The lawful range of a fine (罚款幅度) for an article, a party and a loss."""

import re
from dataclasses import dataclass
from datetime import date

from casework.rules.money import Money
from casework.rules.parameter_file import Mark, load_acts
from casework.rules.parameters import near_matches
from casework.rules.penalty_file import MEASURES, PARTIES, PenaltyArticle, load_penalties, versions_of
from workflows.rules.texts import Refused, Text, gettext_noop, text

_PARAGRAPH = re.compile(r"([0-9]+)[.．(（]([0-9])[)）]?")
_PREFIX = re.compile(r"(REG|SIL|SAR|SIA)[ ._-]?([0-9].*)")

PARTY_NAMES = {
    "provider": text(gettext_noop("providers (定点医药机构)")),
    "agency": text(gettext_noop("agencies (经办机构)")),
    "person": text(gettext_noop("persons (个人)")),
}


class NoSuchArticle(Refused):
    """The table of penalties has no such article."""


class WrongParty(Refused):
    """The article does not speak of this kind of party."""


class ActNotInForce(Refused):
    """Nobody may be penalised under an act that was not in force on the day."""


@dataclass(frozen=True)
class PenaltyRange:
    """What an article allows: fine from `fine_min` to `fine_max`, both included; None where it has no fine.

    `recovery` goes to the fund, the fine to the treasury; the two are never netted.
    """

    article: str
    party: str
    loss: Money
    recovery: Money | None
    fine_min: Money | None
    fine_max: Money | None
    conduct: str
    conduct_zh: str
    condition: str
    condition_zh: str
    further: tuple[Text, ...]
    source: str
    act_name: str
    mark: Mark
    notes: tuple[Text, ...]
    warnings: tuple[Text, ...]

    @property
    def has_fine(self) -> bool:
        """Tell whether the article knows a fine at all."""
        return self.fine_max is not None

    def contains(self, fine: Money) -> bool:
        """Tell whether a fine lies within the range; an article without a fine contains none."""
        return (
            self.fine_min is not None and self.fine_max is not None and self.fine_min <= fine <= self.fine_max
        )


def penalty_range(article: str, party: str, loss: Money, *, on: date) -> PenaltyRange:
    """Return the range of the fine for conduct on a day.

    "41" is read as 41(2), which the notes say. Raises: NoSuchArticle, WrongParty, ActNotInForce.
    Source: REG 36–46, in force since 2021-05-01; SIL 87–88, SAR 68, SIA 55.
    """
    name, notes = _named(article)
    row = _article(name, on)
    _check(row, party, on)
    fine = row.fine(loss)
    if fine is None:
        notes += (text(gettext_noop("Article %(article)s has no fine."), article=name),)
    return PenaltyRange(
        article=name,
        party=party,
        loss=loss,
        recovery=loss if row.recovery else None,
        fine_min=fine[0] if fine else None,
        fine_max=fine[1] if fine else None,
        conduct=row.conduct,
        conduct_zh=row.conduct_zh,
        condition=row.condition,
        condition_zh=row.condition_zh,
        further=tuple(MEASURES[code] for code in row.further),
        source=name if " " in name else f"{row.act.code} {name}",
        act_name=row.act.name,
        mark=row.mark,
        notes=notes,
        warnings=implementing_rules_warning(on),
    )


def implementing_rules_warning(on: date) -> tuple[Text, ...]:
    """Warn about conduct on or after the day on which the implementing rules (实施细则) came into force.

    Source: 国家医保局令第7号, in force since 2026-04-01; its articles 5–46 are not loaded.
    """
    rules = load_acts()["REG-D"]
    if on < rules.in_force_from:
        return ()
    return (
        text(
            gettext_noop(
                "The implementing rules in force from %(since)s (令第7号, articles 5–46) are not loaded; "
                "the bureau must confirm this result."
            ),
            since=rules.in_force_from,
        ),
    )


def _named(article: str) -> tuple[str, tuple[Text, ...]]:
    """Bring what was typed (41.2, 41（2）, REG 38, sil88) to the name in the table."""
    plain = article.strip().upper()
    act, number = "", plain
    if prefixed := _PREFIX.fullmatch(plain):
        act, number = prefixed.groups()
    if paragraph := _PARAGRAPH.fullmatch(number):
        number = f"{paragraph[1]}({paragraph[2]})"
    if act in ("", "REG"):
        if number == "41":
            return "41(2)", (text(gettext_noop("“41” was read as 41(2); 41(1) has no fine.")),)
        return number, ()
    return f"{act} {number}", ()


def _article(name: str, on: date) -> PenaltyArticle:
    """The version in force on a day; before all of them the first, which the caller refuses."""
    versions = versions_of(name)
    if versions:
        return next((v for v in reversed(versions) if v.in_force_from <= on), versions[0])
    known = load_penalties()
    raise NoSuchArticle(
        "no_such_article",
        text(
            gettext_noop("The table of penalties has no article “%(article)s”; near matches: %(near)s."),
            article=name,
            near=near_matches(name, tuple(known)),
        ),
    )


def _check(row: PenaltyArticle, party: str, on: date) -> None:
    if party not in PARTIES:
        raise WrongParty(
            "no_such_party",
            text(
                gettext_noop("“%(party)s” is no kind of party; choose %(known)s."),
                party=party,
                known=", ".join(PARTIES),
            ),
        )
    if party not in row.parties:
        template = gettext_noop("Article %(article)s does not apply to %(party)s; it names: %(known)s.")
        raise WrongParty(
            "wrong_party",
            text(template, article=row.article, party=PARTY_NAMES[party], known=", ".join(row.parties)),
        )
    if on < row.in_force_from:
        template = gettext_noop("%(act)s came into force on %(since)s; it does not cover conduct on %(on)s.")
        raise ActNotInForce(
            "act_not_in_force", text(template, act=row.act.name, since=row.in_force_from, on=on)
        )
