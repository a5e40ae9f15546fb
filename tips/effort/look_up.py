"""The effort that a look-up costs once wrong codes pile up: a proof used once, or a wait bound to the code.

In quiet times nothing is asked. The ticket of the wait holds a mark of the code under the pepper, never the code.
"""

import secrets
from datetime import UTC, datetime
from typing import Any

from django.core.cache import caches
from django.core.signing import BadSignature, Signer
from redis.exceptions import RedisError

from tips import limits, receipt_code
from tips.effort import proof
from tips.errors import LookUpDown, WaitFirst

WAITS = (0, 10, 20, 40, 80)
"""Seconds to wait without a proof, by the effort that is asked."""


def look_up_task(effort: int) -> dict[str, Any] | None:
    """What the browser is to calculate, with the page's own number; nothing in quiet times."""
    if not effort:
        return None
    page = secrets.token_urlsafe(16)
    return {"page": page, "challenge": proof.challenge(_binding(page), effort)}


def admit_look_up(code: str, *, network: str, page: str, payload: str, ticket: str, now: datetime) -> None:
    """Let a look-up go on. Raises: WaitFirst with the ticket to bring back, LookUpDown."""
    effort = limits.look_up_effort(network, receipt_code.prefix_mark(code))
    if not effort or _is_proved(page, payload, effort):
        return
    since = _made_at(ticket, code) or now
    left = WAITS[effort] - int((now - since).total_seconds())
    if left > 0:
        raise WaitFirst(seconds=left, effort=effort, ticket=_ticket(code, since))


def _is_proved(page: str, payload: str, effort: int) -> bool:
    proved = proof.proved_effort(payload, _binding(page))
    if proved is None or proved < effort:
        return False
    try:
        used = f"proof:{proof.mark(page)}"
        return bool(caches["short_lived"].add(used, 1, int(proof.LIFE.total_seconds())))
    except RedisError as error:
        raise LookUpDown from error


def _ticket(code: str, since: datetime) -> str:
    return _signer().sign_object([_mark(code), since.timestamp()])


def _made_at(ticket: str, code: str) -> datetime | None:
    """When the wait for this code began; nothing for another code's ticket, an altered one or none."""
    try:
        of, since = _signer().unsign_object(ticket)
    except (BadSignature, ValueError, TypeError):
        return None
    if not secrets.compare_digest(str(of), _mark(code)):
        return None
    return datetime.fromtimestamp(since, UTC)


def _mark(code: str) -> str:
    return receipt_code.look_up_mark(code)


def _binding(page: str) -> str:
    return f"look-up {page}"


def _signer() -> Signer:
    return Signer(salt="tips.look_up")
