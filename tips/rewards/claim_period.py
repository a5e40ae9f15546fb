"""How long a tipster has to claim a reward, in words that follow the dated parameters."""

from datetime import date, datetime

from casework.rules.parameters import period_parameter
from tips.models import Reward
from workflows.models import Clock
from workflows.rules.calendar import civil_date
from workflows.rules.periods import unit_name
from workflows.rules.texts import Text, gettext_noop, text

CLAIM, NEW_PAYEE = "reward_claim", "reward_new_payee"


def claim_length(key: str, reward: Reward, *, on: date) -> Text:
    """The length of a period that begins on a day, such as “2 months”, as the bureau's region has it.

    Source: 医保办发〔2022〕22号 (`reward_claim`); `reward_new_payee` is RECALLED.
    """
    period = period_parameter(key, on=on, region=reward.bureau.parameters_region).period()
    return text(
        gettext_noop("%(value)s %(unit)s"), value=period.value, unit=unit_name(period.unit, period.value)
    )


def began_on(key: str, reward: Reward, now: datetime) -> date:
    """The day from which the latest period of a reward counts."""
    clock = Clock.objects.filter(run=reward.leading_run, rule_key=key).order_by("-id").first()
    return civil_date(clock.starts_at if clock else now)
