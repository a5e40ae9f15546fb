"""The style page renders every component in every frame and language, and is hidden from outsiders."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from casework.views_style import style_page


class Nobody:
    """A visitor without an account."""

    is_staff = False
    is_authenticated = False


@pytest.mark.django_db
@pytest.mark.parametrize("frame", ["public", "staff", "task"])
def test_style_page_renders_in_every_frame(frame: str, settings: Settings) -> None:
    settings.DEBUG = True
    request = RequestFactory().get("/style/", {"frame": frame})
    request.user = Nobody()

    page = style_page(request).content.decode()

    assert page.count('id="light-process-marks"') == page.count('id="dark-process-marks"') == 1
    assert "<main" in page
    assert " style=" not in page


def test_style_page_is_hidden_from_outsiders(settings: Settings) -> None:
    settings.DEBUG = False
    request = RequestFactory().get("/style/")
    request.user = Nobody()

    with pytest.raises(Http404):
        style_page(request)


@pytest.mark.parametrize("code", [400, 403, 404, 409, 500, 503])
def test_error_pages_render_without_a_request(code: int) -> None:
    page = render_to_string(f"{code}.html")

    assert f">{code}<" in page
    assert "<h1>" in page
