"""The socket tells an investigator that work changed, never what; strangers hear nothing at all."""

import json

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from channels.routing import URLRouter

from casework.models import Account
from config.sockets import websocket_urlpatterns
from tests.duties.matters import Matter
from tests.factories import casework as make
from workflows.now import playing

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


async def listening(account: Account) -> ApplicationCommunicator:
    """An accepted socket of somebody who is signed in."""
    scope = {"type": "websocket", "path": "/ws/work/", "user": account, "headers": [], "subprotocols": []}
    socket = ApplicationCommunicator(URLRouter(websocket_urlpatterns()), scope)
    await socket.send_input({"type": "websocket.connect"})
    assert (await socket.receive_output(timeout=10))["type"] == "websocket.accept"
    return socket


async def closed(socket: ApplicationCommunicator) -> None:
    """The page is left."""
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(timeout=10)


def test_an_investigator_hears_of_the_review_no_more_than_that_something_changed() -> None:
    matter = Matter(handlers=("both", "handler_a"))
    matter.until("approve_investigation")
    both = matter.person("both")
    neighbour = make.account(make.bureau(superior=matter.bureau.superior), "legal_reviewer", "leader")

    async def play() -> tuple[list[str], bool]:
        mine, theirs = await listening(both), await listening(neighbour)
        await sync_to_async(matter.does)("leader", "approve_investigation")
        told = [(await mine.receive_output(timeout=10))["text"]]
        while not await mine.receive_nothing(timeout=0.2):
            told.append((await mine.receive_output(timeout=10))["text"])
        silent = await theirs.receive_nothing(timeout=0.2)
        for socket in (mine, theirs):
            await closed(socket)
        return told, silent

    with playing(matter.now):
        told, silent = async_to_sync(play)()

    assert matter.work("legal_review")
    assert [json.loads(text) for text in told] == [{"type": "changed"}] * len(told)
    assert silent
