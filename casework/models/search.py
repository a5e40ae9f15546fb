"""Searching Chinese text by pairs of characters: two characters are the usual Chinese word."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Bigrams(models.Func):
    """All pairs of neighbouring characters of a text, by the immutable SQL function `bigrams`."""

    function = "bigrams"
    output_field = ArrayField(models.TextField())


def bigrams(text: str) -> list[str]:
    """The same pairs in Python, for the right-hand side of a query."""
    return [text[i : i + 2] for i in range(len(text) - 1)]
