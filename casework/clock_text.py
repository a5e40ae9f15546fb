"""The computation of a legal period as plain text (期限计算书), for letters and for the file."""

from django.utils.translation import gettext as _

from casework.clock_faces import clock_facts, counted_words, pause_rows, request_row
from workflows.models import Clock, ClockRequest


def computation(clock: Clock) -> str:
    """What it rests on, how it was counted, what was taken out and what was granted, line by line."""
    lines = [_("Computation of a legal period (期限计算书)"), ""]
    lines += [f"{fact.label}: {fact.value}" for fact in clock_facts(clock)]
    lines += ["", _("How it was counted")]
    lines += [f"{number}. {line}" for number, line in enumerate(counted_words(clock), 1)]
    if pauses := pause_rows(clock):
        lines += ["", _("Days that are not counted")]
        lines += [_pause(row) for row in pauses]
    if granted := clock.requests.filter(answer=ClockRequest.Answer.GRANTED).order_by("id"):
        lines += ["", _("Requests for time")]
        lines += [_granted(request) for request in granted]
    return "\n".join(lines) + "\n"


def _pause(row: dict[str, object]) -> str:
    pause = row["pause"]
    last = getattr(pause, "last_date", None) or _("goes on")
    return f"{getattr(pause, 'first_date', '')} – {last}: {row['ground']}"


def _granted(request: ClockRequest) -> str:
    row = request_row(request)
    size = f" +{request.value} {row['unit']}" if request.value else ""
    return f"{row['title']}{size}; {request.asked_by} → {request.answered_by}, {request.answered_at:%Y-%m-%d}"
