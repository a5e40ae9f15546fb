"""What a tipster may do who is not satisfied."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from casework.access import public
from tips.coming_back.rights import rights_of
from tips.coming_back.tipster_session import TipsterSession
from tips.views.looking import with_report
from workflows.now import now
from workflows.rules.calendar import civil_date


@public("the receipt code opens it")
@require_safe
@with_report
def rights(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """The ways that are open, each with its period and law."""
    context = {"tip": session.tip, "rights": rights_of(session.tip, civil_date(now()))}
    return render(request, "tips/public/rights.html", context)
