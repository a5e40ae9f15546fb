"""Task pages of tips and rewards."""

from tips.task_pages import rewards, tips

__all__ = ["rewards", "tips"]
