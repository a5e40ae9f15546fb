"""Messages that people or other systems send to runs, named by the app that sends them: models are proved with it."""

_sent: set[str] = set()


def register_messages(*names: str) -> None:
    """Make known that a part of the product sends these messages."""
    _sent.update(names)


def sent_messages() -> frozenset[str]:
    """Names of all messages that some part of the product sends."""
    return frozenset(_sent)
