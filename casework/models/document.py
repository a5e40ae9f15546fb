"""Official documents and their service."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Document(models.Model):
    """One numbered document filled from the matter. The stored context makes it reproducible."""

    kind = models.CharField(max_length=40, help_text=_("template, e.g. penalty_decision"))
    subject_kind = models.CharField(max_length=16, help_text=_("case, tip or reward"))
    subject_id = models.BigIntegerField()
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200)
    context = models.JSONField(help_text=_("facts from which it was filled"))
    template_version = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(_("issued on"))
    issued_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    object_key = models.CharField(max_length=200, blank=True, help_text=_("empty until rendered and stored"))
    version_id = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    stored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="documents_by_subject")]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Service(models.Model):
    """Hand-over of a document to the party, with its proof (送达, PP 59)."""

    class Method(models.TextChoices):
        DIRECT = "direct", _("handed over (直接送达)")
        LEFT = "left", _("left at the place (留置送达)")
        POST = "post", _("by post (邮寄送达)")
        ELECTRONIC = "electronic", _("electronic, with signed consent (电子送达)")
        ANNOUNCED = "announced", _("by announcement (公告送达)")

    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    served_on = models.DateField(_("served on"))
    receiver = models.CharField(_("received by"), max_length=64)
    note = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.served_on}"
