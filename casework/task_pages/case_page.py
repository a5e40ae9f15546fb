"""What task pages on a case share."""

from functools import cached_property
from typing import Any

from casework.models import Case
from casework.task_pages.base import TaskPage


class CaseTaskPage(TaskPage):
    """A task on a case."""

    @cached_property
    def case(self) -> Case:
        """The case of the work item."""
        return Case.objects.select_related("bureau").get(pk=self.item.run.subject_id)

    def context(self) -> dict[str, Any]:
        """The case with what was found so far."""
        return {"case": self.case, "findings": self.case.findings.select_related("party").order_by("id")}
