"""Lists: sort links in the table's head, paging, the rail's links."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context
from django.urls import NoReverseMatch, reverse

register = template.Library()
GAP = "…"


def _query(context: Context, **changes: str | int | None) -> str:
    """The address's query with some keys changed; None drops a key."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(
    context: Context, key: str, label: str, numeric: bool = False, param: str = "sort"
) -> dict[str, Any]:
    """A table head that sorts: first click ascending, second descending (`?sort=due`, `?sort=-due`)."""
    request = context.get("request")
    now = request.GET.get(param, "") if request else ""
    order = {"": "", key: "ascending", f"-{key}": "descending"}.get(now, "")
    wanted = f"-{key}" if now == key else key
    return {
        "label": label,
        "order": order,
        "numeric": numeric,
        "url": _query(context, **{param: wanted, "page": None}),
    }


@register.inclusion_tag("components/paging.html", takes_context=True)
def paging(context: Context, page: Page[Any], param: str = "page", label: str = "") -> dict[str, Any]:
    """Links to the pages around this one, and which rows are shown; `label` where a page has two lists."""

    def url(number: int) -> str:
        return _query(context, **{param: number})

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    return {
        "page": page,
        "label": label,
        "numbers": [(n, None if str(n) == GAP else url(int(n))) for n in numbers],
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/rail_link.html", takes_context=True)
def rail_link(
    context: Context,
    name: str,
    label: str,
    icon_name: str,
    count: int | None = None,
    roles: str = "",
    apart: str = "",
) -> dict[str, Any]:
    """A link of the rail; nothing where the page does not exist or is for none of the person's roles.

    `roles`: role names separated by spaces; the person's own stand in the context as `my_roles`. `apart`: pages
    below this one that have a link of their own, by name.
    """
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {}
    if roles and not set(roles.split()) & set(context.get("my_roles") or ()):
        return {}
    request = context.get("request")
    path = request.path if request else ""
    is_below = (
        len(url) > 1 and path.startswith(url) and not path.startswith(tuple(map(reverse, apart.split())))
    )
    current = "page" if path == url else "true" if is_below else ""
    return {"url": url, "label": label, "icon_name": icon_name, "count": count, "current": current}
