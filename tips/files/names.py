"""Names of files as strangers choose them, made safe to store, to show and to save."""

import unicodedata
from pathlib import PurePath

LONGEST = 120
NAMELESS = "file"


def safe_name(name: str) -> str:
    """The last part of a name: no path, no control or direction marks, at most `LONGEST` characters.

    Marks that turn the direction of writing make “exe.fdp” of a name that ends in “pdf.exe”: they go.
    The ending stays when a long name is cut.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    printable = "".join(character for character in last if character.isprintable())
    clean = " ".join(printable.split()).strip(". ")
    if len(clean) <= LONGEST:
        return clean or NAMELESS
    ending = PurePath(clean).suffix[:10]
    return clean[: LONGEST - len(ending)] + ending
