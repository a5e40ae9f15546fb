"""More time: which extension comes next, who grants it, which grounds stop a clock, from which day.

The lengths and approvers are dated law (`data/parameters`); the grounds of a pause are those of PP 45 and two
that a region chooses by a flag.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.rules.deadlines import granted_extensions
from casework.rules.parameters import (
    NotInForce,
    Parameter,
    earliest_parameter,
    extensions_of,
    legal_flag,
    parameter,
    period_parameter,
)
from workflows.rules.clock import Extension, Pause
from workflows.rules.texts import Refused, Text, gettext_noop, text

COLLECTIVE = "collective discussion"
# Roles (lanes) of those whom the law names. A chief (主要负责人) is a leader (负责人) too; a bureau without a
# head of the legal unit of its own leaves that approval to its leader.
APPROVERS: dict[str, frozenset[str]] = {
    "leader": frozenset({"leader", "chief"}),
    "chief": frozenset({"chief"}),
    "head of the legal unit": frozenset({"leader", "chief"}),
    COLLECTIVE: frozenset({"leader", "chief"}),
}
APPROVER_NAMES: dict[str, Text] = {
    "leader": text(gettext_noop("the leader (负责人)")),
    "chief": text(gettext_noop("the chief (主要负责人)")),
    "head of the legal unit": text(
        gettext_noop("the head of the legal unit, else the leader (法制机构负责人)")
    ),
    COLLECTIVE: text(gettext_noop("a collective discussion of the leaders (集体讨论)")),
}
PAUSED_RULES = frozenset({"decision"})
"""PP 45 takes days out of the time for the decision; the law knows no pause of other periods."""


class RequestRefused(Refused):
    """The law does not give this time; the text says why."""


@dataclass(frozen=True)
class PauseGround:
    """A ground whose days are not counted; `flag` is the dated choice that it depends on."""

    code: str
    name: Text
    source: str
    flag: str = ""


GROUNDS: dict[str, PauseGround] = {
    ground.code: ground
    for ground in (
        PauseGround("testing", text(gettext_noop("tests (检测检验)")), "PP 45"),
        PauseGround("appraisal", text(gettext_noop("expert opinion (鉴定)")), "PP 45"),
        PauseGround("hearing", text(gettext_noop("hearing (听证)")), "PP 45"),
        PauseGround("announcement", text(gettext_noop("public announcement (公告)")), "PP 45"),
        PauseGround("expert_review", text(gettext_noop("expert review (专家评审)")), "PP 45"),
        PauseGround(
            "suspension",
            text(gettext_noop("investigation suspended (中止调查)")),
            "PP 42",
            "suspension_excluded",
        ),
        PauseGround(
            "police",
            text(gettext_noop("case in the hands of the police (公安办理)")),
            "PP 45",
            "police_time_excluded",
        ),
    )
}


def pause_grounds(rule_key: str, *, on: date, region: str | None = None) -> tuple[PauseGround, ...]:
    """Return the grounds on which a period may stand still; none for periods that the law lets run on."""
    if rule_key not in PAUSED_RULES:
        return ()
    return tuple(ground for ground in GROUNDS.values() if not ground.flag or _holds(ground.flag, on, region))


def next_extension(
    rule_key: str, granted: Iterable[str], *, on: date, region: str | None = None
) -> Parameter | None:
    """Return the extension of a period that may be asked for now, or None when the law gives no more."""
    used = set(granted)
    for key in extensions_of(rule_key):
        row = extension_parameter(key, on=on, region=region)
        if key not in used and (row.after is None or row.after in used):
            return row
    return None


def extension_parameter(key: str, *, on: date, region: str | None = None) -> Parameter:
    """Return the law of an extension; before its first loaded value, that value."""
    try:
        return parameter(key, on=on, region=region)
    except NotInForce:
        return earliest_parameter(key, region=region)


def lawful_extension(
    rule_key: str, granted: Sequence[Extension], wanted: Extension, *, on: date, region: str | None = None
) -> Extension:
    """Return the extension when the law gives it: its own period, once, in turn, never more than its most.

    Raises: ExtensionRefused.
    """
    written = [f"{extension.label}={extension.value}" for extension in (*granted, wanted)]
    found = granted_extensions(_period(rule_key, on, region), written, on=on, region=region)
    return next(extension for extension in found if extension.label == wanted.label)


def check_pause(first: date, *, start: date, last_day: date, today: date, pauses: Iterable[Pause]) -> None:
    """Refuse a pause from before the event, after the end, from a day to come, or already taken out.

    Raises: RequestRefused.
    """
    if first <= start:
        raise _no(gettext_noop("The period began on %(start)s; choose a later day."), start=start)
    if first > last_day:
        raise _no(gettext_noop("The period ended on %(end)s; nothing is left to count."), end=last_day)
    if first > today:
        raise _no(gettext_noop("Ask on the day on which it begins; today is %(today)s."), today=today)
    for pause in pauses:
        if pause.last >= first:
            raise _no(
                gettext_noop("The days up to %(last)s are already not counted; choose a later day."),
                last=pause.last,
            )


def check_pause_end(last: date, *, first: date, today: date) -> None:
    """Refuse an end before the beginning or in the time to come. Raises: RequestRefused."""
    if last < first:
        raise _no(gettext_noop("The pause began on %(first)s; choose that day or a later one."), first=first)
    if last > today:
        raise _no(gettext_noop("This day has not come yet; today is %(today)s."), today=today)


def _period(rule_key: str, on: date, region: str | None) -> Parameter:
    try:
        return period_parameter(rule_key, on=on, region=region)
    except NotInForce:
        return earliest_parameter(rule_key, region=region)


def _holds(flag: str, on: date, region: str | None) -> bool:
    try:
        return legal_flag(flag, on=on, region=region)
    except NotInForce:
        return bool(earliest_parameter(flag, region=region).value)


def _no(template: str, **values: object) -> RequestRefused:
    return RequestRefused("time_request", text(template, **values))
