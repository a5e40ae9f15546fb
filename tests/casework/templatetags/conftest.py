"""Rendering without a database: a template from text, in a language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

LOAD = "{% load components money dates icons listing %}"


@pytest.fixture
def render() -> Callable[..., str]:
    """Render template text; `path` gives the context a request, `lang` the language."""

    def rendered(text: str, lang: str = "en", path: str = "", **context: Any) -> str:
        request = RequestFactory().get(path) if path else None
        with translation.override(lang):
            return engines["django"].from_string(LOAD + text).render(context, request)

    return rendered
