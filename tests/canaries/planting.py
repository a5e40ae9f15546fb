"""Planting marks through the real paths: forms over HTTP, staff pages, mistakes and faults."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.canaries.marks import Marks, a_picture
from tests.canaries.sending import asked_and_answered, claims_again, sends_in_parts, signed_in
from tests.factories.tips import RECEIVED, a_bureau, an_institution
from tests.tips import rewarding
from tests.tips.working import do, staff
from tips.files.baskets import new_basket
from tips.models import Tip
from tips.receipts import receipt_code
from tips.sealing import filing_keys
from tips.services.ask_identity import ask_identity
from tips.services.file_tip import FiledTip
from tips.services.look_at_identity import look_at_identity
from workflows.background.relay import drain
from workflows.now import playing

CODE = re.compile(r"(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{2}")


class Tipster:
    """A citizen with a browser, whose address is a mark as well."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.addresses: list[str] = []
        self.browser = Client(
            raise_request_exception=False, REMOTE_ADDR=marks.address, HTTP_X_FORWARDED_FOR=marks.address
        )

    def posts(self, name: str, entries: Mapping[str, Any]) -> HttpResponse:
        """Send a form; remember where the answer leads."""
        answer = self.browser.post(reverse(f"tips:{name}"), entries)
        self.addresses.append(answer.headers.get("Location", ""))
        return answer

    def report(self) -> dict[str, Any]:
        """A real-name report with a file that is named and filled with marks."""
        marks = self.marks
        return {
            "key": filing_keys.new_filing_key(),
            "is_real_name": "yes",
            "name": marks.name,
            "telephone": marks.telephone,
            "email": marks.email,
            "target_kind": "organisation",
            "target_name": "康宁",
            "target_place": marks.place,
            "institution": an_institution().code,
            "story": marks.story,
            "conducts": ["false_items"],
            "wants_reward": "yes",
            "consent": "on",
            "files": [SimpleUploadedFile(marks.file_name, a_picture(marks.file_words))],
        }

    def files_report(self, **more: Any) -> FiledTip:
        """File over HTTP; the code is read from the page, as a person does."""
        answer = self.posts("report", {**self.report(), **more})
        text = re.sub(r"<[^>]+>", "", answer.content.decode())
        found = CODE.search(text)
        assert found, (answer.status_code, text[:3000])
        code = receipt_code.normalised(found.group())
        self.marks.codes.append(code)
        return FiledTip(Tip.objects.order_by("-pk")[0], code, 0)


def everything(marks: Marks) -> tuple[Tipster, dict[str, Account]]:
    """A report all the way to a claimed reward, a look at its identity, mistakes and faults on the way."""
    with playing(RECEIVED):
        a_bureau()
        people, tipster = staff(), Tipster(marks)
        mistakes(tipster)
        basket = new_basket()
        sends_in_parts(tipster, basket)
        filed = tipster.files_report(basket=basket)
        tipster.posts("follow", {"code": receipt_code.grouped(filed.code)})
        tipster.posts("report_message", {"text": marks.message, "key": "m"})
        asked_and_answered(tipster, filed.tip, people["intake"])
        guarded(tipster)
    with patch.object(rewarding, "a_tip", lambda _filing: filed):
        rewarding.a_paid_case(people)
    seen(people, filed.tip)
    reward = rewarding.opened(filed.tip)
    assert reward is not None
    rewarding.to_notice(people, reward)
    with playing(rewarding.DECIDED):
        tipster.posts("follow", {"code": filed.code})
        answer = tipster.posts("report_claim", claim(marks))
        assert answer.status_code == 302, answer.content.decode()[:3000]
        claims_again(tipster, people, reward)
        fault_in_the_report(tipster)
        fault_of_an_official(marks, people["auditor"])
        drain(rewarding.DECIDED + timedelta(seconds=1))
        pages(people, filed.tip)
    return tipster, people


def fault(marks: Marks) -> RuntimeError:
    """An error that quotes what was typed, as those of parsers and databases do, with a note and one behind it."""
    error = RuntimeError(f"provoked by {marks.unsent}")
    error.add_note(f"while reading {marks.story}")
    error.__cause__ = ValueError(f"invalid literal: {marks.name}")
    return error


def guarded(tipster: Tipster) -> None:
    """A second, anonymous report with a PIN, which is mistyped, then changed."""
    marks = tipster.marks
    chosen = {"is_real_name": "no", "pin": marks.pin, "pin_again": marks.pin}
    filed = tipster.files_report(**chosen, files=[])
    tipster.posts("follow", {"code": filed.code})
    new = {"pin": marks.next_pin, "pin_again": marks.next_pin, "key": "p"}
    assert tipster.posts("report_pin", {**new, "current": marks.wrong_pin}).status_code == 422
    with patch("tips.views.claiming.choose_pin", side_effect=fault(marks)):
        assert tipster.posts("report_pin", {**new, "current": marks.pin}).status_code == 500
    assert tipster.posts("report_pin", {**new, "current": marks.pin}).status_code == 302


def fault_in_the_report(tipster: Tipster) -> None:
    """An exception while a tipster writes, with the cookie that opens the report."""
    marks = tipster.marks
    marks.token = tipster.browser.cookies["report"].value
    with patch("tips.views.follow.write_to_bureau", side_effect=fault(marks)):
        assert tipster.posts("report_message", {"text": marks.unsent, "key": "f"}).status_code == 500


def fault_of_an_official(marks: Marks, official: Account) -> None:
    """An exception while somebody who is signed in searches for what a tipster told."""
    client = signed_in(official)
    with patch("tips.register.listing.wanted_entries", side_effect=fault(marks)):
        assert client.get(reverse("tips:tips"), {"q": marks.place}).status_code == 500


def claim(marks: Marks) -> dict[str, Any]:
    """Whom the reward is paid to."""
    return {
        "key": "k",
        "name": marks.payee,
        "identity_number": marks.identity_number,
        "bank": "云河银行滨江支行",
        "account": marks.account,
    }


def mistakes(tipster: Tipster) -> None:
    """What people and programs do wrong: codes, forms, an exception in the middle of a report."""
    marks = tipster.marks
    marks.wrong_code = receipt_code.from_seed(marks.unsent.encode())
    tipster.posts("follow", {"code": marks.wrong_code})
    tipster.posts("follow", {"code": marks.wrong_code[:-1] + "?"})
    tipster.posts("report", {**tipster.report(), "story": "", "target_place": marks.unsent})
    broken = {**tipster.report(), "target_place": marks.unsent}
    with patch("tips.views.report.file_tip", side_effect=fault(marks)):
        assert tipster.posts("report", broken).status_code == 500
    with patch("tips.views.follow.tip_of_code", side_effect=fault(marks)):
        assert tipster.posts("follow", {"code": marks.wrong_code}).status_code == 500


def seen(people: Mapping[str, Account], tip: Tip) -> None:
    """An official opens the sealed words and asks for the identity, which is shown."""
    asked = {"purpose": "protection", "reasons": "有打击报复的迹象。", "period": "day", "key": "a"}
    request = ask_identity(tip, actor=people["intake"], now=RECEIVED, **asked)
    do(people["leader"], request.run, "decide_opening", {"opening": "approved", "reasons": "确有必要。"})
    assert look_at_identity(request, actor=people["intake"], now=RECEIVED) is not None
    official = Client()
    official.force_login(people["intake"])
    official.get(reverse("tips:tip", args=[tip.pk]), {"words": "open"})


def pages(people: Mapping[str, Account], tip: Tip) -> None:
    """Everybody looks at their lists."""
    for person in people.values():
        client = signed_in(person)
        for address in ("/", reverse("casework:my_work"), reverse("tips:tips"), reverse("tips:rewards")):
            client.get(address)
        client.get(reverse("tips:tip", args=[tip.pk]))
    assert settings.DEBUG is False
