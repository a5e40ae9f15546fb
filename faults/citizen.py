"""The citizen of one matter: reports by the public form, keeps the receipt code, claims the reward with it."""

import re
from datetime import timedelta
from typing import Any

from faults.browser import Browser, GaveUp, Network, Page, plain
from faults.entries import CONDUCT, today

# A well-formed number of nobody.
IDENTITY_NUMBER = "11010519491231002X"
PIN = "408261"


class Citizen:
    """Somebody with a phone; every second one gives a name and an address for mail."""

    def __init__(self, network: Network, number: int, institution: str) -> None:
        self.code = ""
        self._network = network
        self._browser = Browser(network)
        self._number = number
        self._institution = institution

    def report(self) -> str:
        """Send the form, sending it again when the connection breaks; the receipt code. Raises: GaveUp."""
        form = self._browser.get("/report/")
        key, effort = form.value("key"), form.solved_calculation()
        receipt = self._browser.post("/report/", self._words() | {"key": key, "effort": effort})
        self.code = code_on(receipt)
        last = self.code.replace("-", "")[-6:]
        _moved_on(self._browser.post("/report/kept/", {"key": key, "last": last}))
        return self.code

    def claim(self) -> None:
        """Come back with the code, on another device, and name whom to pay. Raises: GaveUp."""
        self._browser = Browser(self._network)
        _moved_on(self._browser.post("/follow/", {"code": self.code}))
        key = self._browser.get("/follow/claim/").value("key")
        payee = {
            "name": f"举报人{self._number}",
            "identity_number": IDENTITY_NUMBER,
            "bank": "云河农村商业银行营业部",
            "account": f"80{self._number:014d}",
        }
        pin = {} if self._is_named else {"pin": PIN}
        _moved_on(self._browser.post("/follow/claim/", payee | pin | {"key": key}))

    @property
    def _is_named(self) -> bool:
        return bool(self._number % 2)

    def _words(self) -> dict[str, Any]:
        words = {
            "is_real_name": "no",
            "target_kind": "organisation",
            "target_name": "云河县人民医院",
            "institution": self._institution,
            "conducts": [],
            "story": f"第{self._number}件：该院将一次住院分两次结算，{CONDUCT}。",
            "period_from": (today() - timedelta(days=120)).isoformat(),
            "period_until": (today() - timedelta(days=60)).isoformat(),
            "wants_reward": "yes",
            "consent": "on",
        }
        if not self._is_named:
            words |= {"pin": PIN, "pin_again": PIN}
        else:
            email = f"citizen{self._number}@demo.invalid"
            words |= {"is_real_name": "yes", "name": f"举报人{self._number}", "email": email}
        return words


def code_on(receipt: Page) -> str:
    """The code that the receipt shows. Raises: GaveUp."""
    found = re.search(r'data-copy="([0-9A-Z-]{22,})"', receipt.text)
    if receipt.status != 200 or found is None:
        raise GaveUp(f"no receipt ({receipt.status}): {plain(receipt.text)[:400]}")
    return found[1]


def _moved_on(page: Page) -> None:
    if page.status != 302:
        raise GaveUp(f"refused ({page.status}): {plain(page.text)[:400]}")
