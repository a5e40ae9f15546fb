"""Task pages of tips and rewards."""

from tips.task_pages import register, rewards, tips

__all__ = ["register", "rewards", "tips"]
