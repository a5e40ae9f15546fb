"""Gathers the WebSocket addresses of the apps."""

from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern

APPS = ("workflows", "casework", "enforcement", "tips")


def websocket_urlpatterns() -> list[URLPattern]:
    """Every `websocket_urlpatterns` of an app's `consumers` module, in the order of the apps."""
    patterns: list[URLPattern] = []
    for app in APPS:
        if find_spec(f"{app}.consumers"):
            patterns += getattr(import_module(f"{app}.consumers"), "websocket_urlpatterns", [])
    return patterns
