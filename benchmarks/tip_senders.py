"""Senders of reports on a timetable, each with a form of their own and a photograph."""

import hashlib
import io
import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from PIL import Image

from casework.models import Institution
from faults.browser import Browser, GaveUp, Network, Page
from faults.citizen import code_on
from faults.servers import Server

SENDERS = 64
TRIES = 40
PAUSE = 1.0
PHOTOS = 12
WIDTH, HEIGHT = 400, 300
FILES_TO_FOLLOW = "could not be stored at this moment"


def _photo(number: int) -> bytes:
    """Noise: a JPEG that does not compress, as photographs do not."""
    rows = random.Random(number).randbytes(WIDTH * HEIGHT * 3)
    target = io.BytesIO()
    Image.frombytes("RGB", (WIDTH, HEIGHT), rows).save(target, "JPEG", quality=85)
    return target.getvalue()


FILES = [_photo(number) for number in range(PHOTOS)]
FILE_KB = round(sum(len(file) for file in FILES) / len(FILES) / 1000)


@dataclass
class Sent:
    """What became of one report: milliseconds from sending the form to its receipt, all tries together."""

    number: int
    due_s: float
    code: str = ""
    ms: float = 0.0
    late_ms: float = 0.0
    tries: int = 0
    is_file_awaited: bool = False
    refusal: str = ""

    @property
    def file(self) -> bytes:
        """What it carried."""
        return FILES[self.number % PHOTOS]

    @property
    def sha256(self) -> str:
        """Its fingerprint."""
        return hashlib.sha256(self.file).hexdigest()


class Timetable:
    """Reports at even distances, whatever becomes of earlier ones."""

    def __init__(self, webs: Sequence[Server], *, rate: float, seconds: float) -> None:
        self._network = Network(list(webs))
        self._reports = [Sent(number, number / rate) for number in range(int(rate * seconds))]
        self._institutions = list(Institution.objects.order_by("code").values_list("code", flat=True)[:50])
        self._start = threading.Event()
        self._began = 0.0

    def carry_out(self) -> list[Sent]:
        """Send all of them."""
        with ThreadPoolExecutor(SENDERS) as pool:
            self._began = time.monotonic()
            self._start.set()
            for report in self._reports:
                self.sleep_until(report.due_s)
                pool.submit(self._send, report)
        return self._reports

    def sleep_until(self, at: float) -> None:
        """Wait for a second of the timetable."""
        self._start.wait()
        time.sleep(max(0.0, self._began + at - time.monotonic()))

    def _send(self, report: Sent) -> None:
        report.late_ms = (time.monotonic() - self._began - report.due_s) * 1000
        browser = Browser(self._network)
        try:
            form = browser.get("/report/")
            fields = self._fields(report) | {"key": form.value("key"), "effort": form.solved_calculation()}
            began = time.monotonic()
            answer = self._until_taken(browser, fields, report)
            report.ms = (time.monotonic() - began) * 1000
            report.code = code_on(answer)
            report.is_file_awaited = FILES_TO_FOLLOW in answer.text
        except GaveUp as error:
            report.refusal = str(error)

    def _until_taken(self, browser: Browser, fields: dict[str, str], report: Sent) -> Page:
        files = [("清单.jpg", report.file, "image/jpeg")]
        for report.tries in range(1, TRIES + 1):
            answer = browser.post_files("/report/", fields, files)
            if answer.status not in (409, 429, 503):
                break
            time.sleep(PAUSE)
        return answer

    def _fields(self, report: Sent) -> dict[str, str]:
        return {
            "is_real_name": "no",
            "target_kind": "organisation",
            "target_name": "云河县人民医院",
            "institution": self._institutions[report.number % len(self._institutions)],
            "story": f"第{report.number}件：该院将一次住院分两次结算，持续半年以上。",
            "wants_reward": "yes",
            "consent": "on",
        }
