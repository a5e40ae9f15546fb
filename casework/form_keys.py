"""The key of a form: whoever sends the same form again repeats, and does nothing twice."""

from uuid import uuid4

from casework.access import StaffRequest

MOST = 200
"""As long as a key can be."""


def form_key(request: StaffRequest, what: str, *, most: int = MOST) -> str:
    """The key of what the asker does with this form; `most` leaves room for what a service adds to it."""
    return f"{what}:{request.user.pk}:{request.POST.get('key') or uuid4()}"[:most]
