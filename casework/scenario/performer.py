"""Doing a task as a browser does: what the page has filled in is posted, changed by what the scenario says."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.timezone import localtime

from casework.models import Account
from casework.scenario.values import resolved
from casework.task_pages import page_for, perform_task
from workflows.door.commands import check_offer
from workflows.models import WorkItem
from workflows.scenarios import Failure, Player, performer


@performer
def do_task(
    *,
    player: Player,
    actor: Account,
    item: WorkItem,
    entries: Mapping[str, Any],
    key: str,
    now: datetime,
) -> None:
    """Open the page, post it. Raises: what the page or its use case refuses."""
    check_offer(item, actor, now)
    chosen = {"act": entries["act"]} if "act" in entries else None
    form = page_for(item, actor).form(chosen)
    data, files = posted(player, form, entries)
    perform_task(actor=actor, item=item, data=data, files=files, key=key, now=now)


def posted(
    player: Player, form: forms.Form, entries: Mapping[str, Any]
) -> tuple[QueryDict, MultiValueDict[str, UploadedFile]]:
    """What the browser sends for a form: its first values, with the entries in their place.

    Raises: Failure for an entry that the page does not ask for.
    """
    entries = {_field_name(form, name): value for name, value in entries.items()}
    if unknown := sorted(set(entries) - set(form.fields)):
        known = ", ".join(form.fields) or "nothing"
        raise Failure(f"the page does not ask for {', '.join(unknown)}; it asks for {known}")
    data, files = QueryDict(mutable=True), MultiValueDict[str, UploadedFile]()
    for name, field in form.fields.items():
        given = entries.get(name, form.get_initial_for_field(field, name))
        sent = resolved(player, given) if name in entries else _first(field, given)
        every = [one for one in (sent if isinstance(sent, list) else [sent]) if one not in (None, False, "")]
        if isinstance(field, forms.FileField):
            files.setlist(form.add_prefix(name), every)
        elif every:
            data.setlist(form.add_prefix(name), ["on" if one is True else one for one in every])
    return data, files


def _field_name(form: forms.Form, name: str) -> str:
    """`hand_on_2` means the second field whose name begins with `hand_on_` and ends with a row's key."""
    stem, _line, number = name.rpartition("_")
    if name in form.fields or not number.isdigit():
        return name
    rows = [field for field in form.fields if field.startswith(f"{stem}_")]
    return rows[int(number) - 1] if 1 <= int(number) <= len(rows) else name


def _first(field: forms.Field, value: Any) -> Any:
    """The first value of a field in the way a browser sends it back."""
    value = field.prepare_value(value)
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%dT%H:%M}" if value.tzinfo else f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, bool) else str(value)
