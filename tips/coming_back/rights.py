"""What a tipster may do who is not satisfied, in plain words with the law and how sure we are of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework.rule_sentences import in_words
from casework.rules.parameters import Mark, period_parameter
from tips.coming_back.reexaminations import decision_of
from tips.models import Tip
from workflows.rules.clock import Unit, unit_name

WHERE_IT_LIES = _(
    "Open to you only where the decision concerns rights of your own, for instance your reward or money that "
    "was taken from you. Whoever reports in the public interest alone has no case there."
)


@dataclass(frozen=True)
class Right:
    """One way that is open, with its period and law."""

    word: Any
    explanation: Any
    law: str
    mark: str = ""
    period: str = ""
    url: str = ""


def rights_of(tip: Tip, today: date) -> list[Right]:
    """Ways that are open now, the simplest first."""
    return list(_rights(tip, today))


def _rights(tip: Tip, today: date) -> Iterator[Right]:
    if tip.pk and decision_of(tip) is not None:
        yield _look_again(tip, today)
    yield Right(
        _("Write to the bureau"),
        _(
            "Say on this page what you think is wrong, and add what the bureau does not know yet. An officer reads it."
        ),
        "TH 6, 12",
    )
    if tip.is_accepted is False:
        yield Right(
            _("Turn to the authority that is responsible"),
            _("The answer to you names it. It decides anew; what this bureau said does not bind it."),
            "TH 9–11",
        )
    if tip.is_filed is False:
        yield Right(
            _("Report again with more"),
            _(
                "A new report with new facts or papers is checked like the first one. "
                "Give the register number of this one."
            ),
            "PP 14",
        )
    yield Right(
        _("Turn to the bureau above"),
        _("The next higher healthcare security administration supervises this one and can tell it to act."),
        "TH 9; PP 10",
        Mark.RECALLED.value,
    )
    yield _by_law(
        "administrative_review",
        _("Administrative review (行政复议)"),
        "《中华人民共和国行政复议法》第二十条",
        today,
    )
    yield _by_law(
        "administrative_suit",
        _("Suit before the court (行政诉讼)"),
        "《中华人民共和国行政诉讼法》第四十六条",
        today,
    )


def _look_again(tip: Tip, today: date) -> Right:
    found = period_parameter("tip_reexamination", on=today, region=tip.bureau.parameters_region)
    sentence = _(
        "Say why you think that the decision is wrong. An officer who had no part in it looks at it again and "
        "answers you within %(days)s days. It stands, or the bureau decides anew."
    )
    return Right(
        _("Ask the bureau to look at the decision again"),
        sentence % {"days": found.value},
        "TH 12; PP 5",
        Mark.RECALLED.value,
        url=reverse("tips:report_reexamination"),
    )


def _by_law(key: str, word: Any, law: str, today: date) -> Right:
    found = period_parameter(key, on=today)
    is_chinese = (get_language() or "").startswith("zh")
    unit = in_words(unit_name(Unit(found.unit), int(found.value)))
    period = f"{found.value}{unit}" if is_chinese else f"{found.value} {unit}"
    # The periods are certain; that a tipster has standing is our reading.
    return Right(word, WHERE_IT_LIES, law, Mark.RECALLED.value, period)
