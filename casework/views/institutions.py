"""The register of designated institutions."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import StaffRequest, staff
from casework.models import Institution
from casework.selectors import search_institutions

PAGE_SIZE = 50


@staff("all staff: the register is public")
@require_safe
def institutions(request: StaffRequest) -> HttpResponse:
    """Institutions by name."""
    words = request.GET.get("q", "").strip()[:60]
    found = search_institutions(words) if len(words) > 1 else Institution.objects.all()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casework/institutions.html", {"page": page, "words": words})
