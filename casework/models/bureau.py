"""The tree of Healthcare Security Administrations (医疗保障局)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bureau(models.Model):
    """One bureau; its superior names jurisdiction and receives reports (PP 10)."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("province")
        CITY = "city", _("city")
        COUNTY = "county", _("county")

    name = models.CharField(_("name"), max_length=120, unique=True)
    english_name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=16, help_text=_("used in document numbers, e.g. 云河医保"))
    level = models.CharField(max_length=16, choices=Level.choices)
    region_code = models.CharField(max_length=6, help_text=_("administrative division code"))
    superior = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subordinates")
    address = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=32, blank=True)
    parameters_region = models.CharField(
        max_length=32, default="demo", help_text=_("region key of local legal parameters")
    )
    bank_accounts = models.JSONField(
        default=dict, help_text=_("fund and treasury: holder, bank, number; printed on decisions")
    )
    remedies = models.JSONField(
        default=dict, help_text=_("review_authority, court, enforcing_court; printed on decisions")
    )
    reward_scheme = models.CharField(
        max_length=32, default="default", help_text=_("reward scheme in force here")
    )

    def __str__(self) -> str:
        return self.name
