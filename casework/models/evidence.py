"""Evidence under Object Lock, and who handled it."""

import uuid_utils.compat as uuid7
from django.db import models
from django.utils.translation import gettext_lazy as _


class Evidence(models.Model):
    """One item of evidence in one of the eight legal kinds (PP 19, APL 46)."""

    class Kind(models.TextChoices):
        DOCUMENTARY = "documentary", _("documentary evidence (书证)")
        PHYSICAL = "physical", _("physical evidence (物证)")
        AUDIOVISUAL = "audiovisual", _("audio-visual material (视听资料)")
        ELECTRONIC = "electronic", _("electronic data (电子数据)")
        WITNESS = "witness", _("witness testimony (证人证言)")
        PARTY_STATEMENT = "party_statement", _("statement of the party (当事人的陈述)")
        EXPERT = "expert", _("expert opinion (鉴定意见)")
        RECORD = "record", _("inspection or scene record (勘验笔录、现场笔录)")

    class State(models.TextChoices):
        AWAITED = "awaited", _("not yet received")
        STORED = "stored", _("stored")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    case = models.ForeignKey("casework.Case", models.PROTECT, related_name="evidence")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("what it shows"), max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text=_("bytes"))
    sha256 = models.CharField(max_length=64, help_text=_("told by the browser, checked on the server"))
    object_key = models.CharField(max_length=200, unique=True)
    version_id = models.CharField(max_length=64, blank=True)
    retained_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.AWAITED)
    refusal = models.CharField(max_length=200, blank=True)
    added_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    stored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["added_at"]

    def __str__(self) -> str:
        return self.title


class CustodyEntry(models.Model):
    """One act on a piece of evidence: received, looked at, downloaded, verified. Added, never altered."""

    is_append_only = True

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="custody")
    act = models.CharField(max_length=32)
    actor = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d %H:%M}"
