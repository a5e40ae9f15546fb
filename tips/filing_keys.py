"""The secret of a filing form: 32 random bytes, signed, so that nobody can send a guessable one.

The receipt code follows from it. A form that is sent twice, by a double tap or a reload, therefore leads to the
same tip and the same code, without the code being stored anywhere.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from workflows.errors import Invalid

LENGTH = 32


def new_filing_key() -> str:
    """A key for the hidden field of a new form."""
    return _signer().sign(urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode())


def seed_of(filing_key: str) -> bytes:
    """The seed in a form's key. Raises: Invalid for a key that was not made here."""
    try:
        seed = urlsafe_b64decode(_signer().unsign(filing_key))
    except (BadSignature, ValueError):
        raise Invalid(_("This page was open for too long or was changed. Please send it again.")) from None
    if len(seed) != LENGTH:
        raise Invalid(_("This page was open for too long or was changed. Please send it again."))
    return seed


def _signer() -> Signer:
    return Signer(salt="tips.filing")
