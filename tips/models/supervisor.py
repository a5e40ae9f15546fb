"""Social supervisors (社会监督员): citizens whom a bureau has appointed for a term to watch over the fund."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SocialSupervisor(models.Model):
    """One appointment. Which tips come from whom stands nowhere in the open."""

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    profession = models.CharField(_("profession"), max_length=60)
    letter_number = models.CharField(_("number of the letter of appointment"), max_length=60)
    appointed_by = models.CharField(_("appointed by"), max_length=120)
    term_from = models.DateField(_("term from"))
    term_until = models.DateField(_("term until"))
    registered_by = models.ForeignKey("casework.Account", models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    code_digest = models.BinaryField(
        null=True, unique=True, help_text=_("peppered HMAC of the personal code")
    )
    code_issued_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-term_until", "letter_number"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "letter_number"], name="letter_of_appointment_once"),
            models.CheckConstraint(condition=Q(term_from__lte=F("term_until")), name="term_has_an_order"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.profession}）"

    def is_in_term(self, day: date) -> bool:
        """Whether the appointment holds on a day."""
        return self.term_from <= day <= self.term_until
