"""The secret of a filing form: 32 random bytes and when they were made, signed: nobody can send a guessable one.

The receipt code follows from it. A form that is sent twice, by a double tap or a reload, therefore leads to the
same tip and the same code, without the code being stored anywhere.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from workflows.errors import Invalid
from workflows.now import now

LENGTH = 32
STALE = _("This page was open for too long or was changed. Please send it again.")


def new_filing_key() -> str:
    """A key for the hidden field of a new form."""
    seed = urlsafe_b64encode(secrets.token_bytes(LENGTH)).decode()
    return _signer().sign(f"{int(now().timestamp())}.{seed}")


def seed_of(filing_key: str) -> bytes:
    """The seed in a form's key. Raises: Invalid for a key that was not made here."""
    return _parts(filing_key)[1]


def made_at(filing_key: str) -> datetime:
    """When the form was made, to the second. Raises: Invalid for a key that was not made here."""
    return _parts(filing_key)[0]


def _parts(filing_key: str) -> tuple[datetime, bytes]:
    try:
        moment, seed = _signer().unsign(filing_key).split(".")
        parts = datetime.fromtimestamp(int(moment), UTC), urlsafe_b64decode(seed)
    except (BadSignature, ValueError):
        raise Invalid(STALE) from None
    if len(parts[1]) != LENGTH:
        raise Invalid(STALE)
    return parts


def _signer() -> Signer:
    return Signer(salt="tips.filing")
