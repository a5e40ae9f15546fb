"""Sockets: a page that shows work is told that something changed, never what."""

from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from workflows.duties import lane_members_at
from workflows.now import now


class WorkConsumer(AsyncJsonWebsocketConsumer):  # type: ignore[misc]
    """Joins the groups of the signed-in person's units; outsiders are turned away."""

    groups_joined: list[str]

    async def connect(self) -> None:
        """Accept a signed-in person only."""
        self.groups_joined = []
        account = self.scope.get("user")
        if account is None or not account.is_authenticated:
            await self.close(code=4404)
            return
        self.groups_joined = await database_sync_to_async(_groups_of)(account)
        for group in self.groups_joined:
            await self.channel_layer.group_add(group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the groups."""
        for group in self.groups_joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def work_changed(self, event: dict[str, Any]) -> None:
        """Pass the poke on; the page asks for its list again, through the same checks as any request."""
        await self.send_json({"type": "changed"})


def _groups_of(account: Any) -> list[str]:
    units = lane_members_at(now()).filter(account=account).values_list("unit_id", flat=True).distinct()
    return [f"work.unit.{unit}" for unit in units] + [f"work.account.{account.pk}"]
