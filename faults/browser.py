"""What people do with a browser: open a page, send a form, and send it again when the connection breaks."""

import json
import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

import altcha
import urllib3
from django.utils import translation
from urllib3.exceptions import HTTPError

from config.error_pages import UNAVAILABLE
from faults.servers import Server
from workflows.errors import Busy

TIMEOUT = urllib3.Timeout(connect=2, read=60)
PATIENCE = 120
TOKEN = "csrfmiddlewaretoken"
# As the browsers' language says them, whatever the language of whoever started the run.
with translation.override("en"):
    BUSY, AWAY = str(Busy.text), str(UNAVAILABLE)
AWAY_PAUSE = 0.3


class GaveUp(RuntimeError):
    """No server answered for a long time, or the answer was a fault."""


@dataclass(frozen=True)
class Page:
    """An answer."""

    status: int
    location: str
    text: str

    def value(self, name: str) -> str:
        """The value of a field of the page's form. Raises: GaveUp."""
        found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', self.text)
        if found is None:
            raise GaveUp(f"the page has no field {name}: {plain(self.text)[:300]}")
        return unescape(found[1])

    def solved_calculation(self) -> str:
        """The answer to the page's calculation against robots, as its script finds it; nothing if there is none."""
        found = re.search(r'<script id="effort-task" type="application/json">(.*?)</script>', self.text, re.S)
        if found is None:
            return ""
        task = altcha.Challenge.from_dict(json.loads(found[1]))
        solution = altcha.solve_challenge(task)
        return altcha.Payload(task, solution).to_base64() if solution else ""


@dataclass
class Traffic:
    """Counts over all browsers."""

    requests: int = 0
    posts: int = 0
    broken: int = 0
    repeats: int = 0
    busy: int = 0
    away: int = 0
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, **more: int) -> None:
        """Add to counters."""
        with self._lock:
            for name, number in more.items():
                setattr(self, name, getattr(self, name) + number)


class Network:
    """The web servers as browsers reach them: whichever of them answers."""

    def __init__(self, webs: list[Server]) -> None:
        self.traffic = Traffic()
        self._webs = webs
        self._pools = {
            web.port: urllib3.HTTPConnectionPool(
                "127.0.0.1", web.port, maxsize=16, timeout=TIMEOUT, retries=False
            )
            for web in webs
        }
        self._turn = 0

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None) -> Any:
        """Send until somebody answers: the same bytes, so the same idempotency key. Raises: GaveUp.

        Who reads that the database is away does what the page says, and sends it again.
        """
        self.traffic.count(requests=1, posts=method == "POST")
        end, tries = time.monotonic() + PATIENCE, 0
        while time.monotonic() < end:
            web = self._next()
            web.request_begins()
            try:
                answer = self._pools[web.port].request(
                    method, path, headers=dict(headers), body=body, redirect=False, assert_same_host=False
                )
                if not self._is_away(answer):
                    return answer
                tries += 1
                time.sleep(AWAY_PAUSE)
            except HTTPError as error:
                was_sent = "refused" not in str(error)
                self.traffic.count(broken=1, repeats=was_sent and method == "POST")
                tries += 1
                time.sleep(0.02 if was_sent else 0.1)
            finally:
                web.request_ends()
        raise GaveUp(f"{method} {path}: nobody answered {tries} times")

    def _is_away(self, answer: Any) -> bool:
        if answer.status != 503 or AWAY not in unescape(answer.data.decode("utf-8", "replace")):
            return False
        self.traffic.count(away=1)
        return True

    def _next(self) -> Server:
        self._turn += 1
        return self._webs[self._turn % len(self._webs)]


class Browser:
    """Cookies of one person, in English so that refusals can be read."""

    def __init__(self, network: Network, cookies: Mapping[str, str] | None = None) -> None:
        self._network = network
        self.cookies = {"csrftoken": secrets.token_hex(16), **(cookies or {})}

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._answer(self._network.send("GET", path, self._headers(), None))

    def post(self, path: str, fields: Mapping[str, Any]) -> Page:
        """Send a form; lists are sent as several values. Who is told that others are at it sends it again."""
        filled = {TOKEN: self.cookies["csrftoken"], **fields}
        body = urlencode(filled, doseq=True).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        while True:
            page = self._answer(self._network.send("POST", path, self._headers() | headers, body))
            if page.status != 409 or BUSY not in page.text:
                return page
            self._network.traffic.count(busy=1)

    def post_files(self, path: str, fields: Mapping[str, Any], files: list[tuple[str, bytes, str]]) -> Page:
        """Send a form with files: name, bytes, media type."""
        parts: list[Any] = [
            (name, str(value)) for name, value in {TOKEN: self.cookies["csrftoken"], **fields}.items()
        ]
        parts += [("files", file) for file in files]
        body, kind = urllib3.encode_multipart_formdata(parts)
        return self._answer(self._network.send("POST", path, self._headers() | {"Content-Type": kind}, body))

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookies, "Accept-Language": "en", "Accept": "text/html"}

    def _answer(self, answer: Any) -> Page:
        for line in answer.headers.getlist("set-cookie"):
            name, _, rest = line.partition("=")
            # Sentences for the next page travel in a cookie; nobody reads them here.
            if name != "messages":
                self.cookies[name] = rest.partition(";")[0]
        return Page(answer.status, answer.headers.get("location", ""), answer.data.decode("utf-8", "replace"))


def plain(html: str) -> str:
    """The words of a page, for messages."""
    return " ".join(unescape(re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", html, flags=re.S)).split())
