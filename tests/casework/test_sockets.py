"""The socket of my work tells its own people that something changed, and nobody else."""

import json

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from channels.layers import get_channel_layer
from channels.routing import URLRouter
from django.contrib.auth.models import AnonymousUser

from config.sockets import websocket_urlpatterns
from tests.factories import casework as make
from workflows.now import playing

pytestmark = pytest.mark.django_db(transaction=True)


async def opened(account) -> tuple[ApplicationCommunicator, bool]:
    scope = {"type": "websocket", "path": "/ws/work/", "user": account, "headers": [], "subprotocols": []}
    socket = ApplicationCommunicator(URLRouter(websocket_urlpatterns()), scope)
    await socket.send_input({"type": "websocket.connect"})
    answer = await socket.receive_output(timeout=5)
    return socket, answer["type"] == "websocket.accept"


async def closed(socket: ApplicationCommunicator) -> None:
    """Left open, a socket would wait for news while its loop is torn down."""
    await socket.send_input({"type": "websocket.disconnect", "code": 1000})
    await socket.wait(timeout=5)


def test_who_is_not_signed_in_is_turned_away():
    async def play() -> bool:
        socket, accepted = await opened(AnonymousUser())
        await closed(socket)
        return accepted

    assert async_to_sync(play)() is False


def test_a_change_reaches_the_unit_and_not_the_neighbours():
    here, there = make.bureau(), make.bureau()
    member, stranger = make.account(here, "leader"), make.account(there, "leader")

    async def play() -> tuple[dict, bool]:
        mine, _ = await opened(member)
        theirs, _ = await opened(stranger)
        await get_channel_layer().group_send(f"work.unit.{here.pk}", {"type": "work.changed"})
        told = json.loads((await mine.receive_output(timeout=5))["text"])
        nothing = await theirs.receive_nothing(timeout=0.2)
        for socket in (mine, theirs):
            await closed(socket)
        return told, nothing

    with playing(make.MOMENT):
        told, nothing = async_to_sync(play)()
    assert told == {"type": "changed"} and nothing
