"""A receipt code as it is shown: in groups, as a picture, spelled; and whether it may still be shown."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_variables

from tips.models import Tip, TipFile
from tips.receipts import picture, receipt_code
from tips.rules.spelling import spelled
from tips.sealing import filing_keys
from tips.selectors import tip_of_code

SHOWN_AGAIN_FOR = timedelta(minutes=15)


@sensitive_variables()
def receipt_of(key: str, now: datetime) -> tuple[Tip, str] | None:
    """Tip and code of a filing form, until the code was kept or a quarter of an hour passed; then nothing.

    Raises: Invalid for a key that was not made here.
    """
    code = receipt_code.from_seed(filing_keys.seed_of(key))
    tip = tip_of_code(code)
    if tip is None or tip.receipt_confirmed_at or now - tip.entered_at > SHOWN_AGAIN_FOR:
        return None
    return tip, code


@sensitive_variables()
def receipt_face(tip: Tip, code: str) -> dict[str, Any]:
    """What a page shows of the code; nothing of it may be kept."""
    shown = receipt_code.grouped(code)
    groups = shown.split("-")
    language = get_language() or ""
    return {
        "tip": tip,
        "code": shown,
        "code_groups": groups,
        "spelled": [spelled(group, language) for group in groups],
        "picture": picture.svg(shown),
        "missing_files": tip.files.filter(state=TipFile.State.AWAITED).count() + tip.uploads.count(),
    }
