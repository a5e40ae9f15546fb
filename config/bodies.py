"""Bodies of requests under ASGI: what does not fit into memory is sealed before it reaches the disk."""

from typing import IO, Any, cast

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler

from tips.sealed_spool import SealedSpool

LARGEST_BODY = 256 * 1024 * 1024
"""Ten files of 20 MB and a form; what comes after it is not kept, and the form then says that it was cut off."""


class SealedBodies(ASGIHandler):
    """Django's handler, which would put a body over some megabytes into a temporary file in the clear."""

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
