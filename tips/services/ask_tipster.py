"""Ask a tipster to supply something by a date, and take such a request back."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from casework.errors import NotFound
from casework.models import Account
from tips.models import RequestForTipster, Tip
from tips.permissions import TipPermission, require_tip
from tips.sealing import contents
from workflows.door.commands import matter_of
from workflows.errors import Invalid
from workflows.rules.calendar import civil_date

LONGEST = timedelta(days=90)


def ask_tipster(
    tip: Tip, words: str, *, due_on: date, actor: Account, key: str, now: datetime
) -> RequestForTipster:
    """Ask by a civil day in the next ninety; the machine lets the tipster know. Raises: NotFound, Invalid, Repeated.

    No period of the law runs from it: a late or missing answer changes nothing until a person decides.
    """
    require_tip(actor, tip, TipPermission.OPEN_WORDS, now=now)
    today = civil_date(now)
    if not today < due_on <= today + LONGEST:
        raise Invalid(_("Choose a day after today and within 90 days."), "due_on")
    if tip.withdrawn_at:
        raise Invalid(_("The tipster has withdrawn: nothing more is asked of them (TH 14)."))
    full_key = f"request:{key}"
    with matter_of(tip.leading_run, actor=actor, key=full_key, now=now) as act:
        asked = RequestForTipster.objects.create(
            tip=tip,
            key=full_key,
            sealed_words=contents.seal_message(contents.content_key(tip), tip.number, full_key, words),
            due_on=due_on,
            asked_by=actor,
            asked_at=now,
        )
        act.record("tipster_asked", run=tip.run, due_on=due_on.isoformat())
        act.send("tips.nudge", key=f"nudge:{full_key}", payload={"tip": tip.pk}, run=tip.leading_run)
    return asked


def withdraw_request(asked: RequestForTipster, *, actor: Account, key: str, now: datetime) -> None:
    """Say that an answer is no longer needed. Raises: NotFound, Repeated."""
    require_tip(actor, asked.tip, TipPermission.OPEN_WORDS, now=now)
    run = asked.tip.leading_run
    with matter_of(run, actor=actor, key=f"withdraw_request:{key}", now=now) as act:
        row = RequestForTipster.objects.select_for_update().get(pk=asked.pk)
        if not row.is_open:
            raise NotFound
        row.withdrawn_at, row.withdrawn_by = now, actor
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        act.record("request_withdrawn", run=run, request=row.pk)
