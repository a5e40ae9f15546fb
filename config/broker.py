"""The transport of jobs over Redis or Valkey: a lost connection is an error of the connection, whatever asks next."""

from typing import Any

from kombu.transport import redis as over_redis
from redis.exceptions import ConnectionError as ConnectionLost


class Channel(over_redis.Channel):
    """A channel that knows when its connection is gone.

    Kombu's forgets its connection first and then answers AttributeError to a job that is acknowledged or put back;
    Celery takes that for a fault of the program and ends the worker. Errors of the connection it survives: it
    connects again, and the beat finds the rows of the job.
    """

    @property
    def _is_lost(self) -> bool:
        return self.connection is None or self.connection.client is None

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self._is_lost:
            raise ConnectionLost("The connection of this channel was lost before.")
        return super()._connparams(asynchronous)  # type: ignore[no-untyped-call, no-any-return]

    def close(self) -> None:
        """Close it; jobs in hand are put back where there is still somewhere to put them."""
        self.do_restore = not self._is_lost
        super().close()  # type: ignore[no-untyped-call]


class Transport(over_redis.Transport):
    """Kombu's transport, with these channels."""

    Channel = Channel
