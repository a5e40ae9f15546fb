"""Standing in for an absent colleague (代理): between whom and for how long. Local rule of the bureau."""

from datetime import date, timedelta

from workflows.rules.texts import Refused, gettext_noop, text

# Local: longer absences are filled by an appointment, not by a substitute.
LONGEST = timedelta(days=180)


def check_substitution(*, absent: int, substitute: int, granter: int, first: date, last: date) -> None:
    """Refuse what needs another way. Raises: Refused.

    The three are account numbers. Source: local rule.
    """
    if absent == substitute:
        raise Refused("own_substitute", text(gettext_noop("Nobody stands in for themselves.")))
    if granter == substitute:
        sentence = gettext_noop("Somebody else has to name you as the substitute.")
        raise Refused("named_by_oneself", text(sentence))
    if last < first:
        raise Refused("days_in_order", text(gettext_noop("The last day lies before the first one.")))
    if last - first > LONGEST:
        sentence = gettext_noop("A substitution lasts at most %(days)s days.")
        raise Refused("too_long", text(sentence, days=LONGEST.days))
