"""Task pages of tips and rewards."""

from tips.task_pages import payments, register, rewards, tips

__all__ = ["payments", "register", "rewards", "tips"]
