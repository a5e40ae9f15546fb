"""Sort links, paging and the rail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.paginator import Paginator

Render = Callable[..., str]


def test_sort_head_turns_around_on_the_second_click(render: Render) -> None:
    text = "{% sort_head 'due' 'Due' %}"

    first = render(text, path="/?q=a&page=3")
    second = render(text, path="/?q=a&sort=due")
    third = render(text, path="/?q=a&sort=-due")

    assert "?q=a&amp;sort=due" in first and "page" not in first and "aria-sort" not in first
    assert "sort=-due" in second and 'aria-sort="ascending"' in second
    assert "sort=due" in third and 'aria-sort="descending"' in third


def test_paging_keeps_the_query_and_elides(render: Render) -> None:
    shown = render("{% paging page %}", path="/?sort=due", page=Paginator(range(200), 10).page(10))

    assert "91 to 100 of 200" in shown
    assert "?sort=due&amp;page=11" in shown
    assert '<a href="?sort=due&amp;page=10" aria-current="page">' in shown
    assert shown.count("<span>…</span>") == 2


def test_paging_of_one_page_has_no_links(render: Render) -> None:
    shown = render("{% paging page %}", path="/", page=Paginator([1], 10).page(1))

    assert "<a" not in shown


def test_rail_link_to_a_missing_page_shows_nothing(render: Render) -> None:
    assert render("{% rail_link 'no:such' 'X' 'inbox' %}").strip() == ""


@pytest.mark.parametrize(
    ("path", "current"), [("/tips/", "page"), ("/tips/7/", "true"), ("/tips/take-in/", "")]
)
def test_a_page_with_a_link_of_its_own_leaves_the_one_above_alone(
    render: Render, path: str, current: str
) -> None:
    text = "{% rail_link 'tips:tips' 'Tips' 'inbox' apart='tips:take_in' %}"
    shown = render(text, path=path)
    assert (f'aria-current="{current}"' in shown) == bool(current)
    assert ("aria-current" in shown) == bool(current)


def test_rail_link_is_for_its_roles_only(render: Render) -> None:
    text = "{% rail_link 'account_login' 'X' 'inbox' roles='leader chief' %}"

    assert "<a" not in render(text, path="/")
    assert "<a" not in render(text, path="/", my_roles=["finance"])
    assert "<a" in render(text, path="/", my_roles=["chief"])
