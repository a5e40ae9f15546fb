"""One matter from tip to closed case and paid reward: whoever has work does it, over HTTP."""

import random
import time
import uuid
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from casework.models import Account
from casework.task_pages import perform_task
from faults.browser import Browser, GaveUp, Network, Page, plain
from faults.citizen import Citizen
from faults.entries import parts_of
from faults.patience import patiently
from faults.people import People
from tips.selectors import tip_of_code
from workflows.errors import Repeated
from workflows.models import InboxEntry, Run, Subscription, WorkItem
from workflows.now import now

CLAIM = "reward_claimed"


class Matter:
    """What has been done of a matter and what comes next."""

    def __init__(self, number: int, network: Network, people: People, institution: str, *, seed: int) -> None:
        self.number = number
        self.family_id: Any = None
        self.is_finished = False
        self.moved_at = time.monotonic()
        self.acts = self.acts_over_http = self.pages_opened = self.answers_lost = 0
        self._network, self._people, self._institution = network, people, institution
        self._citizen = Citizen(network, number, institution)
        self._random = random.Random(f"{seed}:{number}")
        self._seed = seed
        self._done: set[str] = set()

    def begin(self) -> None:
        """The citizen reports."""
        code = self._citizen.report().replace("-", "")
        self.family_id = patiently(lambda: _family_of(code))
        self._moved(over_http=True)

    def work(self, items: list[WorkItem], *, http_share: float, page_share: float) -> bool:
        """Do what is open; say whether something was done."""
        for item in items:
            self._do(item, http_share=http_share, page_share=page_share)
        if items:
            return True
        if CLAIM not in self._done and patiently(self._awaits_claim):
            self._citizen.claim()
            self._done.add(CLAIM)
            self._moved(over_http=True)
            return True
        self.is_finished = patiently(self._has_ended)
        return False

    def _has_ended(self) -> bool:
        runs = list(Run.objects.filter(family_id=self.family_id).values_list("process_id", "status"))
        return len(runs) >= 3 and all(status == Run.Status.ENDED for _, status in runs)

    def _awaits_claim(self) -> bool:
        return Subscription.objects.filter(run__family_id=self.family_id, message=CLAIM).exists()

    def _do(self, item: WorkItem, *, http_share: float, page_share: float) -> None:
        account = self._people.doer(item.lane, self.number, item.element_id)
        for part, entries in parts_of(item.element_id):
            mark = f"{item.pk}:{part}"
            if mark in self._done:
                continue
            key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self._seed}:{mark}"))
            filled = entries(patiently(lambda: self._facts(item)))
            over_http = self._random.random() < http_share
            if over_http:
                self._send(item, account, filled, key, opens_page=self._random.random() < page_share)
            else:
                patiently(lambda: self._perform(item, account, filled, key))  # noqa: B023 - asked at once
            self._done.add(mark)
            self._moved(over_http=over_http)

    def _send(
        self, item: WorkItem, account: Account, filled: Mapping[str, Any], key: str, *, opens_page: bool
    ) -> None:
        browser, path = self._people.browser(account, self._network), f"/work/{item.pk}/"
        if opens_page:
            key = self._opened(browser, path)
        before = self._network.traffic.broken
        page = browser.post(path, {**filled, "key": key})
        if page.status != 302:
            raise GaveUp(f"{item.element_id} refused ({page.status}): {_reason(page)}")
        kept = InboxEntry.objects.filter(key=f"task:{item.pk}:{account.pk}:{key}")
        if not patiently(kept.exists):
            raise GaveUp(f"{item.element_id} was answered with success, but nothing was committed ({before})")

    def _opened(self, browser: Browser, path: str) -> str:
        """The key in the form, after taking the work."""
        self.pages_opened += 1
        page = browser.get(path)
        if f"{path}claim/" in page.text:
            browser.post(f"{path}claim/", {"key": page.value("key")})
            page = browser.get(path)
        return page.value("key")

    def _perform(self, item: WorkItem, account: Account, filled: Mapping[str, Any], key: str) -> None:
        data = QueryDict(mutable=True)
        for name, value in filled.items():
            data.setlist(name, value if isinstance(value, list) else [value])
        try:
            perform_task(
                actor=account, item=item, data=data, key=f"task:{item.pk}:{account.pk}:{key}", now=now()
            )
        except Repeated:
            self.answers_lost += 1

    def _facts(self, item: WorkItem) -> dict[str, Any]:
        facts = {"number": self.number, "institution": self._institution}
        facts["handlers"] = self._people.handlers(self.number)
        if item.run.subject_kind == "case":
            from casework.models import Party

            facts["party"] = Party.objects.values_list("pk", flat=True).get(case_id=item.run.subject_id)
        return facts

    def _moved(self, *, over_http: bool) -> None:
        self.moved_at = time.monotonic()
        self.acts += 1
        self.acts_over_http += over_http


def _family_of(code: str) -> Any:
    tip = tip_of_code(code)
    if tip is None:
        raise GaveUp("the receipt code of an accepted report leads nowhere")
    return Run.objects.values_list("family_id", flat=True).get(pk=tip.leading_run.pk)


def _reason(page: Page) -> str:
    words = plain(page.text)
    return words[max(0, len(words) - 900) :]
