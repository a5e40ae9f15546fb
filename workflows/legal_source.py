"""Where legal deadlines come from: the app that knows the law registers its counter here."""

from workflows.rules.legal_deadline import LegalDeadlines

_source: list[LegalDeadlines] = []


def register_legal_deadlines(source: LegalDeadlines) -> None:
    """Say who counts a period of the law by its key."""
    _source[:] = [source]


def legal_deadlines() -> LegalDeadlines:
    """Return the registered counter. Raises: LookupError when no app has registered one."""
    if not _source:
        raise LookupError("no app has registered legal deadlines")
    return _source[0]
