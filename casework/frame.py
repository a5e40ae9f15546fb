"""What the frame of staff pages shows: bureau, roles, work that is due. Asked only when a page shows it."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casework.permissions import role_words, roles_of
from workflows.now import now
from workflows.rules.calendar import civil_date, end_of_day
from workflows.selectors import work_for


def staff_frame(request: HttpRequest) -> dict[str, Any]:
    """Context of every page; nothing of it for people who are not signed in."""
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return {}
    moment = now()
    return {
        "bureau_name": SimpleLazyObject(lambda: account.bureau.name if account.bureau else ""),
        "my_roles": SimpleLazyObject(lambda: roles_of(account, moment)),
        "my_role_words": SimpleLazyObject(lambda: role_words(account, moment)),
        "due_today": _Count(
            lambda: work_for(account, moment).filter(due_at__lte=end_of_day(civil_date(moment)))
        ),
        "my_work_count": _Count(lambda: work_for(account, moment)),
    }


class _Count:
    """A number that is counted when a template prints it; `None` tests work without counting."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows
        self._number: int | None = None

    def __int__(self) -> int:
        if self._number is None:
            self._number = self._rows().count()
        return self._number

    def __bool__(self) -> bool:
        return bool(int(self))

    def __str__(self) -> str:
        return str(int(self))
