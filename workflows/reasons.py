"""Reasons that people give for what they do by hand; they stay in the journal."""

from workflows.errors import ReasonMissing

# Characters; in Chinese two are a word and four a short phrase.
A_WORD = 2
A_PHRASE = 4


def given(reason: str, *, least: int) -> str:
    """The reason without blanks around it. Raises: ReasonMissing when it is shorter than `least`."""
    reason = reason.strip()
    if len(reason) < least:
        raise ReasonMissing(count=least)
    return reason
