"""Addresses of what grew around the look-up. Part of `urls`."""

from django.urls import URLPattern, path

from tips.views import acknowledgement

urlpatterns: list[URLPattern] = [
    path("follow/acknowledgement/", acknowledgement.acknowledgement, name="report_acknowledgement"),
    path("acknowledgement/", acknowledgement.check, name="acknowledgement_check"),
    path("acknowledgement/keys/", acknowledgement.keys, name="acknowledgement_keys"),
]
