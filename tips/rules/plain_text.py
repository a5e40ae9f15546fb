"""What a person may type into a message: any words, of a length that people read, without invisible control signs."""

import unicodedata

MOST_CHARACTERS = 5000
ALLOWED = "\n\r\t"


def control_characters(text: str) -> int:
    """How many control signs stand in a text, line ends and tabs aside."""
    return sum(unicodedata.category(sign) in ("Cc", "Cs") and sign not in ALLOWED for sign in text)
