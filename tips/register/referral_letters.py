"""The letter that goes with a tip to another authority (移送函)."""

from collections.abc import Iterable

from django.utils import translation

from casework.documents.contexts import ReferralLetter
from casework.models import Account, Document
from casework.services.issue_document import issue_document
from tips.models import RegisterEntry, Tip
from tips.register.entries import how_it_goes
from tips.words import CONDUCTS
from workflows.door.transaction import Act
from workflows.models import Run
from workflows.rules.calendar import civil_date

OUTSIDE = "outside"


def issue_referral_letter(act: Act, run: Run, tip: Tip, entry: RegisterEntry, *, actor: Account) -> Document:
    """Number the letter in the sending bureau; nothing sealed is part of it. Source: PP 10–12; TH 9–11, 18."""
    receiver = entry.referred_to
    context = ReferralLetter(
        authority=receiver.name if receiver else entry.authority,
        tip_number=entry.number,
        received_on=civil_date(entry.received_at),
        target=tip.institution.name if tip.institution else "",
        matters=_in_chinese(tip.matters),
        summary=entry.summary,
        reasons=entry.named_reasons or entry.dispute_reasons or entry.reasons,
        came_as=how_it_goes(entry) if receiver else OUTSIDE,
        is_within_system=receiver is not None,
        contact_telephone=entry.bureau.telephone,
    )
    return issue_document(
        act,
        run,
        kind="referral_letter",
        subject=("tip", tip.pk),
        bureau=entry.bureau,
        context=context,
        actor=actor,
    )


def _in_chinese(codes: Iterable[str]) -> tuple[str, ...]:
    """Papers are written in Chinese, whatever language the officer reads."""
    with translation.override("zh-hans"):
        return tuple(str(CONDUCTS[code]) for code in codes if code in CONDUCTS)
