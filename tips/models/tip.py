"""A tip (举报): the register's facts in the open, words and files sealed."""

from typing import TYPE_CHECKING

import uuid_utils.compat as uuid7
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from tips.rules import channels

if TYPE_CHECKING:
    from workflows.models import Run


class Tip(models.Model):
    """One row of the tip register (举报台账). Where it stands is derived from its run."""

    class Channel(models.TextChoices):
        WEB = channels.WEB, _("internet")
        TELEPHONE = channels.TELEPHONE, _("telephone")
        VISIT = channels.VISIT, _("visit")
        LETTER = channels.LETTER, _("letter")
        EMAIL = channels.EMAIL, _("e-mail")
        WECHAT = channels.WECHAT, _("WeChat")
        MICROBLOG = channels.MICROBLOG, _("microblog")
        FAX = channels.FAX, _("fax")
        SUPERVISOR = channels.SUPERVISOR, _("social supervisor")
        AUTHORITY = channels.AUTHORITY, _("another authority")
        AGENCY = channels.AGENCY, _("medical insurance agency")

    class Target(models.TextChoices):
        ORGANISATION = "organisation", _("institution")
        PERSON = "person", _("person")

    number = models.CharField(
        _("first register number"), max_length=40, unique=True, help_text=_("what is sealed is bound to it")
    )
    register_number = models.CharField(
        _("register number"), max_length=40, help_text=_("in the register of the bureau that has the tip")
    )
    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="tips")
    run = models.OneToOneField("workflows.Run", models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey("casework.Case", models.PROTECT, null=True, related_name="tips")
    received_at = models.DateTimeField(_("received at"))
    entered_at = models.DateTimeField(_("entered at"), help_text=_("when it came into the register"))
    taken_in_by = models.ForeignKey(
        "casework.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("taken in by")
    )
    handed_on_by = models.CharField(
        _("handed on by"),
        max_length=120,
        blank=True,
        help_text=_("authority or agency with its number, never a person"),
    )
    is_from_supervisor = models.BooleanField(
        _("from a social supervisor"), default=False, help_text=_("which one is sealed with the identity")
    )
    is_read_back = models.BooleanField(
        _("read back and confirmed"), default=False, help_text=_("record of an oral tip (TH 7)")
    )
    channel = models.CharField(max_length=16, choices=Channel.choices, default=Channel.WEB)
    is_real_name = models.BooleanField(_("real-name"))
    wants_reward = models.BooleanField(_("wants the reward"), default=False)
    is_insider = models.BooleanField(_("works or worked there"), default=False)
    target_kind = models.CharField(max_length=16, choices=Target.choices, default=Target.ORGANISATION)
    institution = models.ForeignKey("casework.Institution", models.PROTECT, null=True, related_name="+")
    consent_version = models.CharField(
        max_length=8, blank=True, help_text=_("version of the text that the tipster agreed to")
    )
    receipt_digest = models.BinaryField(unique=True, help_text=_("peppered HMAC of the receipt code"))
    receipt_confirmed_at = models.DateTimeField(
        null=True, help_text=_("the tipster has kept the code: it is never shown again")
    )
    withdrawn_at = models.DateTimeField(
        null=True, help_text=_("a withdrawn tip does not stop a filed case (TH 14)")
    )
    sealed_words = models.BinaryField(help_text=_("target name, period, conduct, story"))
    reviewed_copy = models.TextField(
        _("reviewed copy"), blank=True, help_text=_("redacted words that may enter the case")
    )
    matters = ArrayField(
        models.CharField(max_length=20),
        default=list,
        help_text=_("what it is about, as the intake officer codes it"),
    )
    is_accepted = models.BooleanField(null=True)
    jurisdiction_note = models.TextField(_("whom to turn to"), blank=True)
    verification_record = models.TextField(_("verification record"), blank=True)
    is_supported = models.BooleanField(null=True)
    is_filed = models.BooleanField(_("filed"), null=True)
    filing_reasons = models.TextField(_("reasons"), blank=True)
    joined_at = models.DateTimeField(null=True, help_text=_("when it joined a case that was open already"))
    new_facts = models.TextField(
        _("new facts"), blank=True, help_text=_("what a later tip of the case brought that was not known")
    )
    cause = models.CharField(
        _("cause"), max_length=200, blank=True, help_text=_("案由 of the case, when filed")
    )
    party = models.JSONField(default=dict, help_text=_("whom the case is about: name, identifier, address …"))
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at"]
        permissions = [("open_tip_words", "Read the sealed words of the tip")]

    def __str__(self) -> str:
        return self.number

    @property
    def leading_run(self) -> "Run":
        """The run that leads the tip; there is one from the transaction on that opens it."""
        assert self.run is not None, "a tip is opened together with its run"
        return self.run


class TipFile(models.Model):
    """A file of a tip, sealed under a key of its own before it leaves the process."""

    class State(models.TextChoices):
        AWAITED = "awaited", _("not yet received")
        RECEIVED = "received", _("being checked")
        CHECKED = "checked", _("checked")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid7.uuid7, editable=False)
    tip = models.ForeignKey(Tip, models.PROTECT, related_name="files")
    wrapped_key = models.BinaryField(help_text=_("the file's key under the content key of the tip"))
    sealed_name = models.BinaryField(help_text=_("under the file's key"))
    sealed_digest = models.BinaryField(
        default=bytes, help_text=_("SHA-256 of the original bytes, under the file's key")
    )
    content_mark = models.CharField(
        max_length=64, blank=True, db_index=True, help_text=_("peppered HMAC of the SHA-256: equal files")
    )
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    object_key = models.CharField(max_length=200, unique=True)
    version_id = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State.choices, default=State.AWAITED)
    checked_at = models.DateTimeField(null=True)
    retained_until = models.DateTimeField(null=True, help_text=_("under Object Lock; from the check on"))
    refusal = models.CharField(max_length=32, blank=True, help_text=_("why it was refused"))
    residue = models.CharField(
        max_length=32, blank=True, help_text=_("what a copy for the case would still carry")
    )
    is_from_tipster = models.BooleanField(default=True)
    message = models.ForeignKey(
        "tips.TipMessage",
        models.PROTECT,
        null=True,
        related_name="files",
        help_text=_("message with which it came"),
    )
    fetched_at = models.DateTimeField(null=True, help_text=_("the tipster fetched it for the first time"))
    is_handed_on = models.BooleanField(
        default=False, help_text=_("may enter the case with the reviewed copy")
    )
    reviewed_name = models.CharField(
        max_length=120, blank=True, help_text=_("name under which it enters the case")
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return str(self.id)


class TipVerifier(models.Model):
    """An officer who checks the lead before filing; at least two (PP 14)."""

    tip = models.ForeignKey(Tip, models.CASCADE, related_name="verifiers")
    officer = models.ForeignKey("casework.Officer", models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tip", "officer"], name="verifier_assigned_once")]

    def __str__(self) -> str:
        return f"{self.officer} for {self.tip_id}"
