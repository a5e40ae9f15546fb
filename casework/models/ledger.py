"""Double entry: fund money, fines and rewards in ledgers that are never netted (REG 45)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LedgerAccount(models.Model):
    """One account of one ledger of a bureau."""

    class Ledger(models.TextChoices):
        FUND = "fund", _("fund account (财政专户)")
        TREASURY = "treasury", _("treasury (国库)")
        REWARD = "reward", _("reward budget (举报奖励资金)")

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="ledger_accounts")
    ledger = models.CharField(max_length=16, choices=Ledger.choices)
    code = models.CharField(max_length=32, help_text=_("receivable, received, obligation, paid …"))

    year = models.PositiveSmallIntegerField(
        null=True, help_text=_("year of the budget; none where accounts run through the years")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "ledger", "code", "year"],
                name="one_account_per_code_and_year",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger}:{self.code}" + (f":{self.year}" if self.year else "")


class LedgerEntry(models.Model):
    """One balanced booking. A deferred trigger of the database refuses an entry that is not balanced."""

    is_append_only = True

    key = models.CharField(max_length=120, unique=True, help_text=_("what is booked once, e.g. payout:17"))
    ledger = models.CharField(max_length=16, choices=LedgerAccount.Ledger.choices)
    subject_kind = models.CharField(max_length=16)
    subject_id = models.BigIntegerField()
    text = models.CharField(max_length=200)
    booked_by = models.ForeignKey("casework.Account", models.PROTECT, null=True, related_name="+")
    booked_at = models.DateTimeField()
    value_date = models.DateField(help_text=_("day of the bank's voucher"))
    voucher = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return self.key


class LedgerLine(models.Model):
    """Debit positive, credit negative; the lines of an entry add up to zero."""

    is_append_only = True

    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="lines")
    account = models.ForeignKey(LedgerAccount, models.PROTECT, related_name="lines")
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="ledger_line_is_not_zero")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
