"""Who can open what: outsiders are answered as if it did not exist."""

from collections.abc import Callable
from typing import Any

from casework.errors import NotFound
from casework.models import Account, ProvinceReport
from casework.scenario.acts import case_of
from casework.selectors import visible_case, visible_report
from workflows.scenarios import Failure, Player, expectation

Opening = Callable[[Player, Account], object]
_openings: dict[str, Opening] = {}


def opening(name: str) -> Callable[[Opening], Opening]:
    """Register how somebody opens a subject; the function raises NotFound for outsiders."""

    def register(function: Opening) -> Opening:
        _openings[name] = function
        return function

    return register


@opening("case")
def open_case(player: Player, account: Account) -> object:
    """The case of the matter."""
    return visible_case(account, case_of(player).pk, player.now)


@opening("province_report")
def open_report(player: Player, account: Account) -> object:
    """The latest report on the case to the province."""
    report = ProvinceReport.objects.filter(case=case_of(player)).latest("opened_at")
    return visible_report(account, report.pk, player.now)


@expectation("visible")
def visible(player: Player, wanted: dict[str, list[str]]) -> None:
    """Person → subjects that the person can open."""
    _check(player, wanted, expected=True)


@expectation("not_visible")
def not_visible(player: Player, wanted: dict[str, list[str]]) -> None:
    """Person → subjects that do not exist for the person."""
    _check(player, wanted, expected=False)


def _check(player: Player, wanted: Any, *, expected: bool) -> None:
    for username, subjects in dict(wanted).items():
        account = player.account(username)
        for subject in subjects:
            if subject not in _openings:
                raise Failure(f"unknown subject “{subject}”; known: {', '.join(sorted(_openings))}")
            if _can_open(player, account, subject) != expected:
                can = "cannot" if expected else "can"
                raise Failure(f"{username} {can} open the {subject}, expected the opposite")


def _can_open(player: Player, account: Account, subject: str) -> bool:
    try:
        _openings[subject](player, account)
    except NotFound:
        return False
    return True
