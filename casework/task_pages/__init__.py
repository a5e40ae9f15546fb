"""Task pages: one class per kind of work, and the one way to do a task."""

from casework.task_pages import closing, handlers, investigation, report  # noqa: F401
from casework.task_pages.base import Files, TaskPage, page_for, perform_task, task_page

__all__ = ["Files", "TaskPage", "page_for", "perform_task", "task_page"]
