"""Letting a tipster know by machine that there is something to read; nobody is shown the contact."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from tips.models import Tip
from tips.sealing import identity
from workflows import journal
from workflows.errors import TryLater


def reaches(tip: Tip) -> bool:
    """Whether the machine can tell this tipster: by mail, or on the page for whoever chose to stay unknown."""
    known = identity.known_identity(tip)
    return known is None or bool(known.email)


def must_be_told(tip: Tip) -> bool:
    """Whether a person has to tell this tipster: real name, not withdrawn, and no way by machine. Source: TH 12, 14."""
    return not tip.withdrawn_at and not reaches(tip)


def nudge(tip: Tip, *, key: str, now: datetime) -> None:
    """Send a mail without any content to a real-name tipster who gave an address.

    The words stay on the status page; the mail names neither tip nor matter. A repeat carries the same
    Message-ID. Raises: TryLater when the mail server does not answer.
    """
    known = identity.known_identity(tip)
    if known is None or not known.email or tip.withdrawn_at:
        return
    mail = EmailMessage(
        subject=_both("A message is waiting for you"),
        body=_both("There is something new to read for you. Use your receipt code on our site to open it."),
        to=[known.email],
        headers={"Message-ID": f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{_domain()}>"},
    )
    try:
        mail.send()
    except OSError as error:
        raise TryLater from error
    journal.record("contact_used", now=now, agent="relay", run=tip.run)


def _both(sentence: str) -> str:
    """A sentence in both languages: nobody knows which one the tipster reads."""
    words = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            words.append(gettext(sentence))
    return " / ".join(dict.fromkeys(words))


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
