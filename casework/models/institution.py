"""Designated institutions (定点医药机构): hospitals and pharmacies under agreement."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from casework.models.search import Bigrams


class Institution(models.Model):
    """One provider in the register of a bureau."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital", _("hospital")
        PHARMACY = "pharmacy", _("pharmacy")

    code = models.CharField(_("institution code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    sort_key = models.CharField(max_length=240, help_text=_("pinyin, since the database cannot sort Chinese"))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    grade = models.CharField(_("grade"), max_length=16, blank=True)
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="institutions")
    address = models.CharField(_("address"), max_length=200, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    legal_representative = models.CharField(_("legal representative"), max_length=64, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["sort_key"]
        indexes = [GinIndex(Bigrams("name"), name="institution_name_bigrams")]

    def __str__(self) -> str:
        return self.name
