"""One page class per kind of work: which form it shows, what stands beside it, which use case it runs.

Pages, scenarios, demo data and the fault runs all go through `perform_task`: one way to do a task.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.errors import FormRefused, NotFound
from casework.models import Account
from workflows import registry
from workflows.door.commands import check_offer
from workflows.errors import Repeated
from workflows.models import InboxEntry, WorkItem

Files = MultiValueDict[str, UploadedFile]
_pages: dict[str, type["TaskPage"]] = {}


class TaskPage:
    """The page of one work item. Subclasses name the form, the button and the use case."""

    form_key: ClassVar[str]
    form_class: ClassVar[type[forms.Form]]
    verb: ClassVar[str | Promise] = _("Complete")
    template_name: ClassVar[str] = "casework/tasks/task.html"
    law: ClassVar[str | Promise] = ""
    bound: Any

    def __init__(self, item: WorkItem, actor: Account) -> None:
        self.item = item
        self.actor = actor

    def form(self, data: Mapping[str, Any] | None = None, files: Files | None = None) -> forms.Form:
        """The form, bound when there is data; kept, because some forms know how to read their own entries."""
        made = self.make_form(data, files)
        self.bound = made
        return made

    def make_form(self, data: Mapping[str, Any] | None, files: Files | None) -> forms.Form:
        """A new form; pages with several forms choose here."""
        return self.form_class(data, files, **self.form_arguments())

    def form_arguments(self) -> dict[str, Any]:
        """Further arguments of the form, such as `initial` or the case."""
        return {}

    def context(self) -> dict[str, Any]:
        """What the template shows beside the form."""
        return {}

    def perform(self, cleaned: Mapping[str, Any], *, key: str, now: datetime) -> None:
        """Run the use case with valid entries."""
        raise NotImplementedError


def task_page(form_key: str) -> Callable[[type[TaskPage]], type[TaskPage]]:
    """Register the page of a form key; the model checks then know the key."""

    def register(page: type[TaskPage]) -> type[TaskPage]:
        page.form_key = form_key
        _pages[form_key] = page
        registry.register_form(form_key)
        return page

    return register


def page_for(item: WorkItem, actor: Account) -> TaskPage:
    """The page of a work item."""
    if item.form not in _pages:
        raise NotFound
    return _pages[item.form](item, actor)


def perform_task(
    *,
    actor: Account,
    item: WorkItem,
    data: Mapping[str, Any],
    files: Files | None = None,
    key: str,
    now: datetime,
) -> None:
    """Check the entries with the page's form and run its use case.

    Raises: Repeated for a key that was used, NotOffered, AlreadyDone, DutyConflict or TakenByAnother before
    anything of the form is looked at, FormRefused with the bound form, and whatever the use case refuses.
    """
    done = InboxEntry.objects.filter(key=key).first()
    if done is not None:
        raise Repeated(done.answer)
    check_offer(item, actor, now)
    page = page_for(item, actor)
    form = page.form(data, files)
    if not form.is_valid():
        raise FormRefused(form)
    page.perform(form.cleaned_data, key=key, now=now)
