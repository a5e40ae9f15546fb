"""What a guess costs: a calculation that serves once, or a wait whose ticket is bound to what is guessed at."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.cache import caches
from django.core.signing import BadSignature, Signer
from redis.exceptions import RedisError

from tips.effort import proof
from tips.errors import LookUpDown, WaitFirst


@dataclass(frozen=True)
class Toll:
    """`waits` and `works` by effort, from 0 on: seconds without scripts, and doublings of the calculation."""

    name: str
    waits: tuple[int, ...]
    works: tuple[int, ...]
    salt: str
    is_ticket_for_once: bool = False

    def task(self, effort: int) -> dict[str, Any] | None:
        """What the browser is to calculate, with the page's own number; nothing in quiet times."""
        if not effort:
            return None
        page = secrets.token_urlsafe(16)
        return {"page": page, "challenge": proof.challenge(self._binding(page), self.works[effort])}

    def admit(self, mark: str, effort: int, *, page: str, payload: str, ticket: str, now: datetime) -> None:
        """Let a try go on. Raises: WaitFirst with the ticket to bring back, LookUpDown."""
        if not effort or self._is_proved(page, payload, effort):
            return
        began = self._began(ticket, mark)
        left = self.waits[effort] - int((now - (began or now)).total_seconds())
        if left > 0:
            raise WaitFirst(seconds=left, effort=effort, ticket=self._ticket(mark, began or now))
        if self.is_ticket_for_once and not _used_first(
            f"ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
        ):
            raise WaitFirst(seconds=self.waits[effort], effort=effort, ticket=self._ticket(mark, now))

    def _is_proved(self, page: str, payload: str, effort: int) -> bool:
        proved = proof.proved_effort(payload, self._binding(page))
        if proved is None or proved < self.works[effort]:
            return False
        return _used_first(f"proof:{proof.mark(page)}")

    def _binding(self, page: str) -> str:
        return f"{self.name} {page}"

    def _ticket(self, mark: str, since: datetime) -> str:
        parts: list[Any] = [mark, since.timestamp()]
        return self._signer().sign_object(
            [*parts, secrets.token_hex(8)] if self.is_ticket_for_once else parts
        )

    def _began(self, ticket: str, mark: str) -> datetime | None:
        """When the wait began; nothing for another's ticket, an altered one or none."""
        try:
            of, since, *_serial = self._signer().unsign_object(ticket)
        except (BadSignature, ValueError, TypeError):
            return None
        if not secrets.compare_digest(str(of), mark):
            return None
        return datetime.fromtimestamp(since, UTC)

    def _signer(self) -> Signer:
        return Signer(salt=self.salt)


def _used_first(key: str) -> bool:
    """Whether nobody used it before."""
    try:
        return bool(caches["short_lived"].add(key, 1, int(proof.LIFE.total_seconds())))
    except RedisError as error:
        raise LookUpDown from error
