"""Search over what the asker may see; words of two characters find already."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.selectors import search_cases, search_institutions
from workflows.now import now

MOST = 30


@staff("visible cases only; the register of institutions for all staff")
@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """Cases by number, cause and party; institutions by name."""
    words = request.GET.get("q", "").strip()[:60]
    cases = search_cases(request.user, words, now()).prefetch_related("parties")
    context = {
        "words": words,
        "cases": list(cases.order_by("-filed_on", "-id")[: MOST + 1]),
        "institutions": list(search_institutions(words)[:MOST]),
        "most": MOST,
        "is_short": len(words) < 2,
    }
    return render(request, "casework/search.html", context)
