"""When a case may be closed (结案), and on which ground."""

from dataclasses import dataclass
from decimal import Decimal

from workflows.rules.texts import Text, gettext_noop, text

GROUNDS: dict[str, Text] = {
    "executed": text(gettext_noop("the decision was carried out in full (执行完毕)")),
    "court_ended": text(gettext_noop("the court accepted or ended the enforcement (法院受理或者终结执行)")),
    "nothing_to_execute": text(gettext_noop("no penalty, or nothing to carry out (无须执行)")),
    "other": text(gettext_noop("another ground that the law names (其他)")),
}
"""The four grounds. Source: PP 56, in force since 2021-07-15 (number VERIFIED, wording VERIFIED-2)."""


@dataclass(frozen=True)
class ClosingFacts:
    """What is known of a case at its end; open amounts in yuan, fund money and fine apart."""

    ground: str
    is_concluded: bool
    open_recovery: Decimal
    open_fine: Decimal
    unserved_documents: tuple[str, ...]
    missing_reports: tuple[str, ...]
    unreceived_reports: tuple[str, ...]


def closing_obstacles(facts: ClosingFacts) -> tuple[Text, ...]:
    """Return every reason against closing; empty when the case may be closed.

    Gates closing_ground_present and province_report_sent. Source: PP 53, 56–57, 59; REG 45; JS19 pt 9.
    """
    reasons = []
    if facts.ground not in GROUNDS:
        reasons.append(text(gettext_noop("No ground of closing was named (PP 56).")))
    if not facts.is_concluded:
        reasons.append(text(gettext_noop("The leader has not approved the closing report (PP 56).")))
    if facts.ground != "court_ended" and facts.open_recovery:
        reasons.append(
            _open(gettext_noop("¥%(amount)s of fund money is not booked yet."), facts.open_recovery)
        )
    if facts.ground != "court_ended" and facts.open_fine:
        reasons.append(_open(gettext_noop("¥%(amount)s of the fine is not booked yet."), facts.open_fine))
    reasons += [_not_served(number) for number in facts.unserved_documents]
    reasons += [_no_report(event) for event in facts.missing_reports]
    reasons += [_not_received(event) for event in facts.unreceived_reports]
    return tuple(reasons)


def ground_obstacle(ground: str, *, has_open_amounts: bool) -> Text | None:
    """Return why a ground does not fit the ledgers: carried out in full means nothing is open."""
    if ground == "executed" and has_open_amounts:
        return text(
            gettext_noop("Fund money or fine is still open: the decision is not carried out in full.")
        )
    if ground != "court_ended" and has_open_amounts:
        return text(gettext_noop("Fund money or fine is still open: only the court can end its collection."))
    return None


def _open(template: str, amount: Decimal) -> Text:
    return text(template, amount=f"{amount:,.2f}")


def _not_served(number: str) -> Text:
    return text(gettext_noop("The document %(number)s was not served on the party (PP 59)."), number=number)


def _no_report(event: str) -> Text:
    return text(gettext_noop("The report to the province (%(event)s) is missing (JS19 pt 9)."), event=event)


def _not_received(event: str) -> Text:
    template = gettext_noop("The province has not confirmed the report (%(event)s) (JS19 pt 9).")
    return text(template, event=event)
