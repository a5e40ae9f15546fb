"""Sentences about files: why one was refused and how to mend it, what a copy would still carry."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tips.files.types import KINDS

REFUSALS: dict[str, str | Promise] = {
    "empty": _("“%(name)s” is empty. Choose it again, or another file."),
    "wrong_type": _(
        "“%(name)s” is of a kind that is not accepted. Accepted are: %(kinds)s (without macros)."
    ),
    "wrong_name": _(
        "“%(name)s” is called something else than it is: the ending of its name does not fit what is inside. "
        "Save it anew with the program that made it, and send it again."
    ),
    "disguised": _(
        "“%(name)s” holds something else besides what can be seen, as harmful files do. Take a screenshot or "
        "save it anew with another program, and send that."
    ),
    "damaged": _("“%(name)s” is damaged or was cut off: it cannot be shown. Choose it again."),
    "too_many_pixels": _(
        "“%(name)s” is far larger than a photo. Make the picture smaller and send it again."
    ),
    "too_large_of_kind": _(
        "“%(name)s” is larger than files of its kind may be (pictures 100 MB, papers 200 MB). Divide it or "
        "make it smaller, and send it again."
    ),
    "bomb": _(
        "“%(name)s” would fill a computer when it is unpacked. Save it anew without what is not needed, or "
        "as PDF, and send that."
    ),
    "macros": _("“%(name)s” carries macros or programs. Save it without them, or as PDF, and send that."),
    "active": _(
        "“%(name)s” would run commands or load something from elsewhere when it is opened. Print it to a new "
        "PDF, or send photos of the pages."
    ),
    "attached": _("“%(name)s” has other files attached inside. Take them out and send each file by itself."),
    "encrypted": _("“%(name)s” is locked with a password. Send it without a password."),
    "lost": _("“%(name)s” did not reach us whole. Please send it again."),
}
NO_MORE_FILES = _("No more files fit in. Remove one, or send what you have and add more later.")
NO_ROOM = _(
    "So many files are arriving that no more fit in at the moment. Send your report without this file; with the "
    "receipt code you can add it afterwards."
)
RESIDUES: dict[str, str | Promise] = {
    "large_paper": _(
        "Its author and history cannot be taken out, since it is too large. Look whether it names somebody."
    ),
    "locked_paper": _(
        "Its author and history cannot be taken out, since it is protected. Look whether it names somebody."
    ),
    "signed_paper": _(
        "It is signed or stamped electronically: taking out its author breaks the seal. Look whom it names."
    ),
    "remarks": _(
        "It holds remarks or recorded changes, which name those who wrote them. They are not taken out."
    ),
    "inner_files": _(
        "It holds pictures or files inside from which the words of camera and program cannot be taken out. Look "
        "whether they name somebody."
    ),
    "first_picture": _(
        "It is made of several pictures in a row: the copy for the case shows the first one alone."
    ),
    "place_track": _(
        "The film may hold a record of places or of the device beside picture and sound; it is not taken out."
    ),
}


def refusal_sentence(code: str, name: str) -> str:
    """Why a file was refused and how to mend it."""
    return str(REFUSALS[code]) % {"name": name, "kinds": KINDS}


def residue_sentence(code: str) -> str:
    """What a copy for the case would still carry; nothing for a clean one."""
    return str(RESIDUES[code]) if code else ""
