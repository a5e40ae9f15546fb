"""Pages under the asynchronous server: one thread for one page, and no more at once than there are seats."""

import asyncio
import threading

import pytest
from asgiref.sync import iscoroutinefunction
from asgiref.testing import ApplicationCommunicator
from django.http import HttpResponse

from config.pages import SEATS, PageHandler

SCOPE = {
    "type": "http",
    "http_version": "1.1",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "headers": [(b"host", b"localhost")],
    "server": ("127.0.0.1", 80),
}


class Counting(PageHandler):
    """Answers when every seat is taken, and knows how many it answered at once and in which threads."""

    def __init__(self, full: int) -> None:
        super().__init__()
        self._full = threading.Barrier(full, timeout=30)
        self.at_once, self.most, self.threads = 0, 0, set()
        self._lock = threading.Lock()

    def get_response(self, request):
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            self.threads.add(threading.get_ident())
        self._full.wait()
        with self._lock:
            self.at_once -= 1
        return HttpResponse("answer")


async def ask(handler: PageHandler) -> int:
    """The status of an answer."""
    visitor = ApplicationCommunicator(handler, dict(SCOPE))
    await visitor.send_input({"type": "http.request"})
    status = (await visitor.receive_output(5))["status"]
    assert (await visitor.receive_output(5))["body"] == b"answer"
    await visitor.wait()
    return int(status)


def test_the_whole_chain_runs_in_one_thread() -> None:
    assert not iscoroutinefunction(PageHandler()._middleware_chain)


@pytest.mark.parametrize("visitors", [1, 3 * SEATS])
def test_everybody_is_answered_and_the_seats_are_kept(visitors: int) -> None:
    async def all_of_them() -> tuple[Counting, list[int]]:
        handler = Counting(min(visitors, SEATS))
        return handler, await asyncio.gather(*(ask(handler) for _ in range(visitors)))

    handler, statuses = asyncio.run(all_of_them())

    assert statuses == [200] * visitors
    assert handler.most == min(visitors, SEATS)
    assert threading.get_ident() not in handler.threads
