"""The reward for a true tip (举报奖励) by scheme, base amount (案值), level and insider status.

The scheme in force on the day on which the tip was received applies: no text says which day counts, this one
protects the tipster. Amounts are rounded half up to the fen unless the scheme says otherwise, which no text settles
either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.rules.money import Money
from casework.rules.parameters import Mark, near_matches
from tips.rules.reward_amount import Working, reward_amount
from tips.rules.scheme_data import TARGETS, RateTable, Scheme, SchemeVersion
from tips.rules.scheme_file import load_schemes
from workflows.rules.texts import Refused, Text, gettext_noop, text

WEAKEST_FIRST = (Mark.RECALLED, Mark.SECOND_HAND, Mark.VERIFIED)


class NoSuchScheme(Refused):
    """No reward scheme has this key."""


class SchemeNotInForce(Refused):
    """The scheme did not hold on the day on which the tip was received."""


class FactMissing(Refused):
    """The scheme cannot be applied without the target or the level of the tip."""


@dataclass(frozen=True)
class Quote:
    """An amount with its working; `mark` is the weakest of the values used."""

    scheme: str
    title: str
    title_zh: str
    amount: Money
    base: Money
    working: tuple[Text, ...]
    notes: tuple[Text, ...]
    source: str
    mark: Mark
    received: date | None
    in_force_from: date
    in_force_to: date | None
    article: str = ""


def quote(
    scheme: str | Scheme,
    base: Money,
    *,
    target: str | None = None,
    level: int | None = None,
    insider: bool = False,
    received: date | None = None,
) -> Quote:
    """Return the reward for a base amount; without `received`, by the scheme's last version.

    A key names a scheme that comes with the product; schemes of the database are given as values
    (`tips.schemes.in_force`). Raises: NoSuchScheme, SchemeNotInForce, FactMissing.
    Source: 医保办发〔2022〕22号 and the scheme's own.
    """
    found = scheme_named(scheme) if isinstance(scheme, str) else scheme
    version = _version_on(found, received)
    return quote_version(found, version, base, target=target, level=level, insider=insider, received=received)


def quote_version(
    found: Scheme,
    version: SchemeVersion,
    base: Money,
    *,
    target: str | None = None,
    level: int | None = None,
    insider: bool = False,
    received: date | None = None,
) -> Quote:
    """Return the reward by one version, whether or not it is in force: a draft is tried with it.

    Raises: FactMissing.
    """
    table = _table(found, version, target, level, insider)
    working = Working([], {version.mark})
    amount = reward_amount(base, version, table, insider, working)
    return Quote(
        scheme=found.key,
        title=found.title,
        title_zh=found.title_zh,
        amount=amount,
        base=base,
        working=tuple(working.lines),
        notes=tuple(_notes(version, level, insider)),
        source=version.source,
        mark=next(mark for mark in WEAKEST_FIRST if mark in working.marks),
        received=received or version.in_force_to,
        in_force_from=version.in_force_from,
        in_force_to=version.in_force_to,
        article=version.article,
    )


def scheme_named(key: str, among: Mapping[str, Scheme] | None = None) -> Scheme:
    """Return a scheme by its key, of those that come with the product unless others are given.

    Raises: NoSuchScheme with near matches.
    """
    schemes = load_schemes() if among is None else among
    if key in schemes:
        return schemes[key]
    template = gettext_noop("There is no reward scheme “%(key)s”. Near matches: %(near)s.")
    raise NoSuchScheme("no_such_scheme", text(template, key=key, near=near_matches(key, tuple(schemes))))


def _version_on(scheme: Scheme, received: date | None) -> SchemeVersion:
    if received is None:
        return scheme.versions[-1]
    if version := scheme.version_on(received):
        return version
    first, last = scheme.versions[0].in_force_from, scheme.versions[-1].in_force_to
    template = (
        gettext_noop("The scheme “%(key)s” holds for tips received from %(first)s on, not on %(received)s.")
        if last is None
        else gettext_noop(
            "The scheme “%(key)s” holds for tips received from %(first)s to %(last)s, not on %(received)s."
        )
    )
    values = {"key": scheme.key, "first": first, "last": last, "received": received}
    raise SchemeNotInForce("scheme_not_in_force", text(template, **values))


def _table(
    scheme: Scheme, version: SchemeVersion, target: str | None, level: int | None, insider: bool
) -> RateTable:
    if target is not None and target not in TARGETS:
        template = gettext_noop("“%(target)s” is no kind of target; choose organisation or person.")
        raise FactMissing("no_such_target", text(template, target=target))
    if version.needs_target and target is None:
        template = gettext_noop("The scheme “%(key)s” needs the kind of target: organisation or person.")
        raise FactMissing("target_missing", text(template, key=scheme.key))
    if version.levels and level not in version.levels:
        template = gettext_noop("The scheme “%(key)s” needs the level of the tip, one of: %(levels)s.")
        levels = ", ".join(map(str, version.levels))
        raise FactMissing("level_missing", text(template, key=scheme.key, levels=levels))
    return next(table for table in version.tables if table.matches(target, level, insider))


def _notes(version: SchemeVersion, level: int | None, insider: bool) -> list[Text]:
    notes = []
    if level is not None and not version.levels:
        notes.append(text(gettext_noop("This scheme does not distinguish levels; the level was not used.")))
    if insider and not version.knows_insiders:
        notes.append(text(gettext_noop("This scheme gives insiders nothing more.")))
    if insider and version.insider_points:
        notes.append(text(gettext_noop("The rule says “up to”: this is the most that an insider can get.")))
    if version.date_recalled:
        notes.append(text(gettext_noop("The scheme's first day in force is to be confirmed (RECALLED).")))
    return notes
