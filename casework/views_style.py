"""The style page: the component library to look at, for developers and staff."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casework.style_samples import samples

FRAMES = {"public": "frames/public.html", "staff": "frames/staff.html", "task": "frames/task.html"}


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in both themes; `?frame=` public, staff or task.

    Raises: Http404 for outsiders, unless DEBUG is on.
    """
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    themes = [("light", _("Light")), ("dark", _("Dark"))]
    context = {
        "frame": FRAMES.get(request.GET.get("frame", ""), FRAMES["staff"]),
        "sheets": [{"theme": theme, "word": word, **samples(theme)} for theme, word in themes],
        "due_today": 3,
        "facts": samples("panel")["facts"],
    }
    return render(request, "style/page.html", context)
