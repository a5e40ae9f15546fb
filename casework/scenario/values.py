"""Values of a scenario that stand for rows, files and days, such as `officer:handler_a` or `day:-3d`."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model, QuerySet

from casework.models import Account, Bureau, Institution, Officer
from workflows.rules.calendar import SHANGHAI
from workflows.scenarios import Failure, Player, ScenarioRefused, beside
from workflows.scenarios.moments import read_moment

Value = Callable[[Player, str], Any]
_values: dict[str, Value] = {}


def value(prefix: str) -> Callable[[Value], Value]:
    """Register what `prefix:…` stands for."""

    def register(function: Value) -> Value:
        _values[prefix] = function
        return function

    return register


def resolved(player: Player, given: Any) -> Any:
    """What a form gets for a value of a scenario: text, a list of texts, a file or files."""
    if isinstance(given, list):
        return [resolved(player, one) for one in given]
    if isinstance(given, bool):
        return given
    if isinstance(given, str):
        prefix, colon, rest = given.partition(":")
        if colon and prefix in _values:
            return _values[prefix](player, rest.strip())
    return given.isoformat() if isinstance(given, date | datetime) else str(given)


def one(found: QuerySet[Any], what: str) -> Any:
    """The only row. Raises: Failure."""
    rows: list[Model] = list(found[:2])
    if len(rows) != 1:
        raise Failure(f"there is {'more than one' if rows else 'no'} {what}")
    return rows[0]


@value("officer")
def officer(player: Player, username: str) -> str:
    """The certified officer of that user name."""
    return str(one(Officer.objects.filter(account__username=username), f"officer “{username}”").pk)


@value("account")
def account(player: Player, username: str) -> str:
    """The account of that user name."""
    return str(one(Account.objects.filter(username=username), f"account “{username}”").pk)


@value("institution")
def institution(player: Player, name: str) -> str:
    """The institution of that name in the register."""
    return str(one(Institution.objects.filter(name=name), f"institution “{name}”").pk)


@value("bureau")
def bureau(player: Player, name: str) -> str:
    """The bureau of that name."""
    return str(one(Bureau.objects.filter(name=name), f"bureau “{name}”").pk)


@value("file")
def file(player: Player, name: str) -> SimpleUploadedFile:
    """A file of the folder `files`, as a browser sends it; `file:photo.jpg as 现场.jpg` gives it another name."""
    stored, _as, shown = name.partition(" as ")
    try:
        content = beside(player.scenario.path, "files", stored).read_bytes()
    except ScenarioRefused as refused:
        raise Failure(str(refused)) from refused
    return SimpleUploadedFile(shown or stored, content)


@value("day")
def day(player: Player, text: str) -> str:
    """A civil day counted from the play's moment: `day:now`, `day:-3d`, `day:+8wd`; or from `today`."""
    return _local(player, text).date().isoformat()


@value("moment")
def moment(player: Player, text: str) -> str:
    """A moment in local time, as the browser's picker sends it: `moment:+8wd 09:30`."""
    return f"{_local(player, text):%Y-%m-%dT%H:%M}"


def _local(player: Player, text: str) -> datetime:
    try:
        meant = read_moment("+0d" if text == "now" else text)
    except ValueError as error:
        raise Failure(f"“{text}” is no moment; write now, -3d, +8wd 09:30 or today-5wd") from error
    return meant.after(player.now, player.today).astimezone(SHANGHAI)
