"""The person who signs in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(AbstractUser):
    """Someone who works with the system. What they may do comes from lanes and object grants."""

    display_name = models.CharField(_("name"), max_length=64)
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, null=True, related_name="accounts")
    language = models.CharField(_("language"), max_length=10, default="zh-hans")
    is_demo = models.BooleanField(default=False, help_text=_("preset second factor; refused in production"))

    def __str__(self) -> str:
        return self.display_name or self.username
