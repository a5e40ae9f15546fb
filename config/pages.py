"""Requests under ASGI: a body that does not fit into memory is sealed on the disk, a page runs in one thread."""

import asyncio
from typing import IO, Any, cast

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property

from tips.sealing.spool import SealedSpool

SEATS = 3
"""Pages at once in one process: more of them share one interpreter and hold each other's row locks while they wait."""
LARGEST_BODY = 256 * 1024 * 1024
"""Ten files of 20 MB and a form; what comes after it is not kept, and the form then says that it was cut off."""


class PageHandler(ASGIHandler):
    """Django's handler in two things mended.

    It would put a body over some megabytes into a temporary file in the clear. And it would change between the loop
    and a thread at several layers of middleware, which under load took as much of the machine as the pages did
    (benchmarks/README.md): no page here is asynchronous, so the whole chain runs in one thread.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Build the chain for one thread, whatever the server is."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the chain, in a thread, once a seat is free."""
        async with self._seats:
            return await sync_to_async(self.get_response, thread_sensitive=True)(request)

    @cached_property
    def _seats(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(SEATS)

    async def read_body(self, receive: Any) -> IO[bytes]:
        """The body, to be read from its beginning."""
        body = SealedSpool()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise RequestAborted
            part = message.get("body", b"")
            if body.size + len(part) <= LARGEST_BODY:
                body.write(part)
            if not message.get("more_body", False):
                break
        body.seek(0)
        return cast(IO[bytes], body)
