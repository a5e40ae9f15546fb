"""Case walls: grants on single cases, as guardian's direct foreign-key models."""

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class CaseUserPermission(UserObjectPermissionBase):
    """A person's grant on one case."""

    content_object = models.ForeignKey("casework.Case", models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class CaseGroupPermission(GroupObjectPermissionBase):
    """A group's grant on one case."""

    content_object = models.ForeignKey("casework.Case", models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
