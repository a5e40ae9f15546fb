"""What every citizen may see without a code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from casework.access import public
from tips.words import CONDUCTS


@public("citizens without an account")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Three doors; whoever is signed in goes to their work."""
    if request.user.is_authenticated:
        try:
            return redirect(reverse("casework:my_work"))
        except NoReverseMatch:
            pass
    return render(request, "tips/public/home.html")


@public("citizens without an account")
@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """How a report is handled, what protects the tipster, how rewards work."""
    return render(request, "tips/public/information.html", {"conducts": CONDUCTS.values()})
