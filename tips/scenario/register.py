"""The register of tips as an official reads it, and what is in dispute between bureaus."""

from typing import Any

from django.http import QueryDict
from django.utils import translation

from tips.forms.register_filter import RegisterFilter
from tips.models import RegisterEntry, SocialSupervisor
from tips.register import listing
from tips.scenario.citizen import tip_of
from workflows.scenarios import Failure, Player, compare, expectation


@expectation("register")
def register(player: Player, wanted: dict[str, dict[str, Any]]) -> None:
    """Person → `filter` of the page and the `numbers` that stand there, or `rows`: number → cells in Chinese."""
    with translation.override("zh-hans"):
        for who, facts in wanted.items():
            _check(player, who, facts)


def _check(player: Player, who: str, facts: dict[str, Any]) -> None:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in facts.get("filter", {}).items()})
    form = RegisterFilter(query)
    account = player.account(who)
    found = listing.wanted_entries(account, form.wanted(), player.now)
    rows = listing.rows_of(found, account, player.now)
    cells = {row.entry.number: listing.cells_of(row) for row in rows}
    if "numbers" in facts:
        compare(f"register of {who}", {"numbers": sorted(facts["numbers"])}, {"numbers": sorted(cells)})
    for number, row in facts.get("rows", {}).items():
        if number not in cells:
            raise Failure(f"{number} does not stand in the register of {who}")
        compare(f"row {number}", row, dict(cells[number]))


@expectation("way")
def way(player: Player, wanted: list[dict[str, Any]]) -> None:
    """Every row of the tip in the order of time: bureau (short name), came_as, jurisdiction, left."""
    entries = RegisterEntry.objects.filter(tip=tip_of(player)).select_related("bureau").order_by("id")
    if len(entries) != len(wanted):
        raise Failure(f"the tip stands in {len(entries)} registers, expected {len(wanted)}")
    for number, (facts, entry) in enumerate(zip(wanted, entries, strict=True), 1):
        found = {
            "bureau": entry.bureau.name,
            "number": entry.number,
            "came_as": entry.came_as,
            "jurisdiction": entry.jurisdiction or None,
            "left": entry.left_at,
        }
        compare(f"row {number} of the tip", facts, found)


@expectation("appointments")
def appointments(player: Player, wanted: dict[str, Any]) -> None:
    """Name of a supervisor → profession, term_from, term_until; or `professions`: how many different ones."""
    for name, facts in wanted.items():
        if name == "professions":
            found = SocialSupervisor.objects.values("profession").distinct().count()
            compare("appointments", {name: facts}, {name: found})
            continue
        one = SocialSupervisor.objects.filter(name=name).first()
        if one is None:
            raise Failure(f"“{name}” was not appointed")
        terms = {"profession": one.profession, "term_from": one.term_from, "term_until": one.term_until}
        compare(f"appointment of {name}", facts, terms)
