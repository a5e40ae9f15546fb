"""Task pages of tips and rewards."""

from tips.task_pages import openings, payments, purging, reexamination, register, rewards, tips, yearly

__all__ = ["openings", "payments", "purging", "reexamination", "register", "rewards", "tips", "yearly"]
