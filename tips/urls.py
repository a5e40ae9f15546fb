"""Addresses of the pages of tips."""

from django.urls import URLPattern

app_name = "tips"
urlpatterns: list[URLPattern] = []
