"""Who may carry out an act of enforcement: two officers (执法人员) with valid certificates (执法证)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflows.rules.texts import Text, gettext_noop, text


@dataclass(frozen=True)
class Certificate:
    """An enforcement certificate; both days are included, `valid_to` None means without end."""

    number: str
    valid_from: date
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        """Tell whether the certificate covers a day."""
        return bool(self.number) and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class EnforcementOfficer:
    """An officer as the rule sees one; `is_recused` once a recusal (回避) has been decided."""

    officer_id: int
    name: str
    certificate: Certificate | None
    is_recused: bool = False


def officer_obstacles(officers: Iterable[EnforcementOfficer], *, on: date) -> tuple[Text, ...]:
    """Return every reason why these officers may not act together on a day; empty when they may.

    At least two different persons, each with an own valid certificate, none recused.
    Source: PP 5, 16; APL 42–43, in force since 2021-07-15.
    """
    distinct = {officer.officer_id: officer for officer in officers}
    reasons = []
    if len(distinct) < 2:
        reasons.append(text(gettext_noop("At least two officers must act together.")))
    seen: dict[str, str] = {}
    for officer in distinct.values():
        reasons.extend(_about(officer, on, seen))
    return tuple(reasons)


def _about(officer: EnforcementOfficer, on: date, seen: dict[str, str]) -> list[Text]:
    reasons = []
    if officer.is_recused:
        reasons.append(text(gettext_noop("%(name)s is recused from this matter."), name=officer.name))
    held = officer.certificate
    if held is None or not held.is_valid(on):
        template = gettext_noop("%(name)s has no enforcement certificate that is valid on %(day)s.")
        reasons.append(text(template, name=officer.name, day=on))
    elif held.number in seen:
        template = gettext_noop("%(name)s and %(other)s show the same certificate number.")
        reasons.append(text(template, name=officer.name, other=seen[held.number]))
    else:
        seen[held.number] = officer.name
    return reasons
