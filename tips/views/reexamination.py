"""A tipster asks to have a decision looked at again."""

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casework.access import public
from casework.rules.parameters import period_parameter
from tips.coming_back.reexaminations import decision_of
from tips.coming_back.tipster_session import TipsterSession
from tips.errors import NothingToReexamine
from tips.forms.reexamination import AskReexaminationForm
from tips.services.reexamine import ask_reexamination
from tips.views.looking import done, fresh_key, with_report
from workflows.now import now
from workflows.rules.calendar import civil_date

CLOCK = "tip_reexamination"


@public("the receipt code opens it")
@require_http_methods(["GET", "HEAD", "POST"])
@with_report
def ask(request: HttpRequest, session: TipsterSession) -> HttpResponse:
    """Say what is wrong with the decision; the page says who looks at it, and by when."""
    decision = decision_of(session.tip)
    form = AskReexaminationForm(initial=fresh_key(session))
    if request.method == "POST":
        form = AskReexaminationForm(request.POST)
        if form.is_valid():
            try:
                return _asked(request, session, form)
            except NothingToReexamine as refusal:
                notices.info(request, str(refusal))
                return redirect("tips:report_status")
    if decision is None:
        notices.info(request, NothingToReexamine.text)
        return redirect("tips:report_status")
    region = session.tip.bureau.parameters_region
    context = {
        "tip": session.tip,
        "decision": decision,
        "form": form,
        "days": period_parameter(CLOCK, on=civil_date(now()), region=region).value,
    }
    status = 422 if form.errors else 200
    return render(request, "tips/public/reexamination.html", context, status=status)


def _asked(request: HttpRequest, session: TipsterSession, form: AskReexaminationForm) -> HttpResponse:
    given = form.cleaned_data
    return done(
        request,
        lambda: ask_reexamination(
            session.tip, given["text"], content_key=session.content_key, key=given["key"], now=now()
        ),
        _("Your request has arrived. You read the answer here."),
    )
