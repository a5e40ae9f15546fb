"""What every citizen may see without a code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from casework.access import public
from casework.faces import Tab
from casework.models import Bureau
from tips.forms.calculator import CalculatorForm
from tips.public_information import (
    CONDITIONS,
    EXCLUSIONS,
    periods_shown,
    quotes_shown,
    region_of,
    schemes_to_choose,
)
from tips.schemes.faces import title_of, version_face, version_facts
from tips.schemes.in_force import scheme_key_for
from tips.selectors import receiving_bureaus
from tips.words import CONDUCTS
from tips.yearly.access import published_acts
from workflows.now import now
from workflows.rules.calendar import civil_date


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


def tabs(current: str) -> list[Tab]:
    """The pages of public information."""
    pages = {"information": _("How to report"), "reward_information": _("Rewards")}
    if current == "last_year" or published_acts():
        pages["last_year"] = _("Last year")
    return [Tab(label, reverse(f"tips:{name}"), name == current) for name, label in pages.items()]


@public("citizens without an account")
@require_safe
def information(request: HttpRequest) -> HttpResponse:
    """How to report, how a report is handled and by when, what protects the tipster."""
    bureaus = receiving_bureaus(now())[:20]
    context = {
        "tabs": tabs("information"),
        "conducts": CONDUCTS.values(),
        "bureaus": bureaus,
        "periods": periods_shown(civil_date(now()), region_of(_only(bureaus))),
    }
    return render(request, "tips/public/information.html", context)


@public("citizens without an account")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reward_information(request: HttpRequest) -> HttpResponse:
    """What is rewarded, and a calculator. What is typed is computed with and forgotten: no address holds it."""
    today = civil_date(now())
    bureau = _only(receiving_bureaus(now()))
    key = scheme_key_for(bureau, today) if bureau else "default"
    schemes = schemes_to_choose()
    first = {"received": today, "scheme": key, "target": "organisation"}
    form = CalculatorForm(request.POST or None, initial=first, schemes=schemes)
    quotes = None
    if request.method == "POST" and form.is_valid():
        scheme, base, target, insider, received = form.asked()
        quotes = quotes_shown(scheme, base, target=target, insider=insider, received=received)
    here = next((one for one in schemes if one.key == key), None)
    version = here.version_on(today) if here else None
    context = {
        "tabs": tabs("reward_information"),
        "conditions": CONDITIONS,
        "exclusions": EXCLUSIONS,
        "form": form,
        "quotes": quotes,
        "here": title_of(here) if here else "",
        "face": version_face(here, version) if here and version else None,
        "facts": version_facts(version) if version else [],
        "periods": [line for line in periods_shown(today, region_of(bureau)) if line.is_reward],
    }
    return render(request, "tips/public/rewards.html", context, status=422 if form.errors else 200)


def _only(bureaus: list[Bureau]) -> Bureau | None:
    """The bureau, where there is only one that takes reports in."""
    return bureaus[0] if len(bureaus) == 1 else None
