"""Walls around tips and rewards, as guardian's direct foreign-key models."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class TipUserPermission(UserObjectPermissionBase):
    """A person's grant on one tip."""

    content_object = models.ForeignKey("tips.Tip", models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class TipGroupPermission(GroupObjectPermissionBase):
    """A group's grant on one tip."""

    content_object = models.ForeignKey("tips.Tip", models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False


class RewardUserPermission(UserObjectPermissionBase):
    """A person's grant on one reward."""

    content_object = models.ForeignKey("tips.Reward", models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class RewardGroupPermission(GroupObjectPermissionBase):
    """A group's grant on one reward."""

    content_object = models.ForeignKey("tips.Reward", models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
