"""The journal: what happened, who did it or looked at it, and when. Rows are added, never altered."""

from django.conf import settings
from django.db import models


class JournalEntry(models.Model):
    """One fact. A trigger of the database refuses UPDATE and DELETE."""

    is_append_only = True
    at = models.DateTimeField()
    act = models.CharField(max_length=64, help_text="what happened, in the past tense")
    # The log names what it tells of and is held up by nothing: a constraint would lock the person, the matter and
    # the run for each entry. An index for each pointer would be written with each entry and read by nobody.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    agent = models.CharField(max_length=32, blank=True, help_text="who acted when nobody was signed in")
    family = models.ForeignKey(
        "workflows.Family", models.PROTECT, null=True, related_name="journal", db_constraint=False
    )
    run = models.ForeignKey(
        "workflows.Run",
        models.PROTECT,
        null=True,
        related_name="journal",
        db_constraint=False,
        db_index=False,
    )
    subject_kind = models.CharField(max_length=32, blank=True)
    subject_id = models.BigIntegerField(null=True)
    element_id = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_by_subject"),
            models.Index(fields=["run", "id"], name="journal_by_run"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act}"
