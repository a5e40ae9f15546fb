"""Addresses of the pages of casework."""

from django.urls import URLPattern, path

from casework.views_style import style_page

app_name = "casework"
urlpatterns: list[URLPattern] = [
    path("style/", style_page, name="style"),
]
