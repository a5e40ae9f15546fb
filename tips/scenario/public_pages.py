"""What everybody can read on the public pages, fetched as a browser does."""

from html import unescape
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from workflows.scenarios import Failure, Player, expectation


@expectation("public_pages")
def public_pages(player: Player, wanted: dict[str, Any]) -> None:
    """Page (home, information, reward_information) → texts in Chinese that stand there, `{without: …}` for others."""
    for name, texts in wanted.items():
        _check(name, _read(_browser().get(reverse(f"tips:{name}"), secure=True)), texts)


@expectation("calculator")
def calculator(player: Player, wanted: list[dict[str, Any]]) -> None:
    """What the public calculator answers: `asked` (base, scheme, target, received) and texts in `contains`."""
    for case in wanted:
        entries = {"target": "organisation", **{name: str(value) for name, value in case["asked"].items()}}
        answer = _browser().post(reverse("tips:reward_information"), entries, secure=True)
        _check("calculator", _read(answer), case["contains"])


def _browser() -> Client:
    host = next((one.lstrip("*.") or "localhost" for one in settings.ALLOWED_HOSTS), "localhost")
    return Client(headers={"host": host, "accept-language": "zh-hans"})


def _read(answer: Any) -> str:
    """The words of a page without white space, which means nothing in Chinese."""
    assert isinstance(answer, HttpResponse)
    if answer.status_code != 200:
        raise Failure(f"the page answers {answer.status_code}")
    main = answer.content.decode().partition("<main")[2]
    return "".join(unescape(strip_tags(main)).split())


def _check(page: str, words: str, texts: list[Any]) -> None:
    for text in texts:
        is_wanted = not isinstance(text, dict)
        sought = "".join(str(text if is_wanted else text["without"]).split())
        if (sought in words) != is_wanted:
            raise Failure(f"{page} {'does not say' if is_wanted else 'says'} “{sought}”")
