"""The product with a broker and a store of its own, which a test may stop and start."""

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

from casework.models import Account, Institution
from config.demo_bureau.people import PASSWORD, make_people
from config.embedded.seaweedfs import Seaweedfs
from config.embedded.valkey import Valkey
from faults.browser import Browser, Network, Page
from faults.database import MortalPostgresql
from faults.driving import open_work
from faults.house import House, standing_house
from faults.matter import Matter
from faults.own_servers import own_servers
from faults.people import People, sign_everybody_in
from workflows.models import WorkItem

numbers = count(1)


@dataclass
class Standing:
    """What a test works with."""

    house: House
    network: Network
    people: People
    valkey: Valkey
    store: Seaweedfs

    @property
    def postgresql(self) -> MortalPostgresql:
        """The database server."""
        return self.house.around.postgresql

    def matter(self, until: str = "register_tip", *, has_mail: bool = False) -> tuple[Matter, WorkItem]:
        """A new matter, worked on until this task is open; its citizen gave an address for mail or did not."""
        number = next(number for number in numbers if number % 2 == has_mail)
        code = Institution.objects.order_by("code").values_list("code", flat=True)[number]
        matter = Matter(number, self.network, self.people, code, seed=0)
        matter.begin()
        return matter, self.carry(matter, until)

    def carry(self, matter: Matter, until: str) -> WorkItem:
        """Do what is open, in any order, until that task is open."""
        for _ in eventually(f"{until} to be open", 90):
            items = open_work([matter.family_id])[matter.family_id]
            for item in items:
                if item.element_id == until:
                    return item
            matter.work(items, http_share=1, page_share=0)
        raise AssertionError

    def browser(self, username: str) -> Browser:
        """Somebody's browser, signed in."""
        return self.people.browser(self.account(username), self.network)

    def account(self, username: str) -> Account:
        """Somebody of the demo bureau."""
        return self.people.accounts[username]

    def send(self, username: str, item: WorkItem, entries: dict[str, Any], key: str = "") -> Page:
        """Send a task's form."""
        return self.browser(username).post(f"/work/{item.pk}/", {**entries, "key": key or uuid.uuid4().hex})


@contextmanager
def standing(folder: Path, **variables: str) -> Iterator[Standing]:
    """Make it; one web server, worker and beat not started."""
    with own_servers(folder, **variables) as own:
        make_people(can_sign_in=True)
        # pytest's quick hasher is unknown to the real processes.
        hasher = Argon2PasswordHasher()
        Account.objects.update(password=hasher.encode(PASSWORD, hasher.salt()))
        with standing_house(own.around, worker=False) as house:
            yield Standing(house, Network(house.webs), sign_everybody_in(), own.valkey, own.store)


def eventually(what: str, seconds: float = 60) -> Iterator[None]:
    """Turns to look again; an AssertionError when it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds:.0f} s for {what}")


def wait_for(what: str, condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait until the condition gives something true."""
    for _ in eventually(what, seconds):
        if found := condition():
            return found
    raise AssertionError
