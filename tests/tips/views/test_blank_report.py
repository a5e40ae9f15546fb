"""The blank form of a report is kept, and holds nothing of whoever opened it first."""

import re

import pytest
from django.core.cache import caches
from django.test import Client

from tests.factories import casework as make

KEPT = {"in_process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "test-blank"}}
pytestmark = pytest.mark.usefixtures("models")


@pytest.fixture
def keeping(settings):
    """What the product keeps in each process, for one test."""
    settings.CACHES = {**settings.CACHES, **KEPT}
    caches["in_process"].clear()
    yield
    caches["in_process"].clear()


def hidden(page: str) -> dict[str, str]:
    """Hidden entries of the form by name."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def opened(language: str = "en") -> str:
    """The form as a new visitor gets it."""
    return Client().get("/report/", headers={"Accept-Language": language}).content.decode()


def parts(page: str) -> str:
    """The steps of the form."""
    return page[page.index("<section") : page.rindex("</section>")]


def test_two_visitors_share_the_steps_and_nothing_else(keeping):
    first, second = opened(), opened()
    assert parts(first) == parts(second)
    for name in ("key", "basket", "csrfmiddlewaretoken"):
        assert hidden(first)[name] != hidden(second)[name]
        assert hidden(first)[name] not in parts(first)
    assert re.findall(r'id="effort-task".*?</script>', first) != re.findall(
        r'id="effort-task".*?</script>', second
    )


def test_each_language_has_its_own(keeping):
    assert "In your own words" in opened("en")
    assert "In your own words" not in opened("zh-hans")


def test_what_a_visitor_typed_is_never_kept(keeping):
    typed = {"at": "story", "go": "next", "story": "康泰药店把洗衣液刷成药品，持续半年。"}
    assert typed["story"] in Client().post("/report/", typed).content.decode()
    assert typed["story"] not in opened()


def test_another_bureau_brings_another_form(keeping):
    make.bureau()
    before = opened()
    other = make.bureau()
    caches["in_process"].delete("receiving")
    assert str(other.name) not in before
    assert str(other.name) in opened("zh-hans")
