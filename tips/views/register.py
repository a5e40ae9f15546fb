"""The tip register (举报台账): on a page, as a table file, as a paper. The walls are those of its rows."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from tips import tables
from tips.errors import TooManyRows
from tips.forms.register_filter import RegisterFilter
from tips.register import listing
from tips.register.paper import paper
from tips.selectors import waiting_marks
from workflows import journal
from workflows.now import now
from workflows.rules.calendar import civil_date

PAGE_SIZE = 50
MOST_ROWS = 20_000
MOST_PRINTED = 1_000


@staff("register of one's own bureau by role, else rows of visible tips")
@require_safe
def tip_list(request: StaffRequest) -> HttpResponse:
    """The register, the newest first unless sorted."""
    form = RegisterFilter(request.GET)
    found = listing.wanted_entries(request.user, form.wanted(), now())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    rows = listing.rows_of(page, request.user, now())
    waiting = waiting_marks([row.url_id for row in rows if row.url_id], now())
    context = {
        "form": form,
        "page": page,
        "rows": [
            (
                row,
                listing.cells_of(row),
                listing.late_words(row.clock),
                waiting.get(row.url_id or 0),
            )
            for row in rows
        ],
        "query": query.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "tips/staff/tips.html", context)


@staff("register of one's own bureau by role, else rows of visible tips")
@require_safe
def register_csv(request: StaffRequest) -> HttpResponse:
    """The same rows as a text table."""
    return _file(request, "csv", tables.CSV, tables.as_csv)


@staff("register of one's own bureau by role, else rows of visible tips")
@require_safe
def register_xlsx(request: StaffRequest) -> HttpResponse:
    """The same rows as a workbook."""
    return _file(request, "xlsx", tables.XLSX, tables.as_xlsx)


@staff("register of one's own bureau by role, else rows of visible tips")
@require_safe
def register_pdf(request: StaffRequest) -> HttpResponse:
    """The same rows on paper, in Chinese whoever prints them."""
    with translation.override("zh-hans"):
        rows = _cells(request, MOST_PRINTED)
    bureau = request.user.bureau.name if request.user.bureau else ""
    content = paper(rows, bureau_name=bureau, on=civil_date(now()))
    return _answer(request, "pdf", "application/pdf", content, len(rows))


def _file(
    request: StaffRequest,
    kind: str,
    media_type: str,
    write: Callable[[list[str], Iterable[list[str]]], bytes],
) -> HttpResponse:
    rows = _cells(request, MOST_ROWS)
    keys = [key for key, _name in listing.columns()]
    content = write([name for _key, name in listing.columns()], [[row[key] for key in keys] for row in rows])
    return _answer(request, kind, media_type, content, len(rows))


def _cells(request: StaffRequest, most: int) -> list[Any]:
    """Every row that fits, in words. Raises: TooManyRows."""
    wanted = RegisterFilter(request.GET).wanted()
    found = list(listing.wanted_entries(request.user, wanted, now())[: most + 1])
    if len(found) > most:
        raise TooManyRows(most=most)
    return [listing.cells_of(row) for row in listing.rows_of(found, request.user, now())]


def _answer(request: StaffRequest, kind: str, media_type: str, content: bytes, count: int) -> HttpResponse:
    journal.record("register_exported", now=now(), actor=request.user, format=kind, rows=count)
    response = HttpResponse(content, content_type=media_type)
    name = f"tip-register-{civil_date(now()):%Y%m%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
