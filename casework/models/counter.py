"""Gapless numbers per bureau, kind and year; locked last."""

from django.db import models


class NumberCounter(models.Model):
    """The last number given; taken under a row lock inside the transaction that uses it."""

    bureau = models.ForeignKey("casework.Bureau", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bureau", "kind", "year"], name="one_counter_per_kind_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}: {self.last_number}"
