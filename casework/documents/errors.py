"""What can be wrong with a document: its fonts, its template, its context."""

from __future__ import annotations


class DocumentError(Exception):
    """A document cannot be made; the text says why."""


class FontsMissing(DocumentError):
    """The static fonts are neither present nor can they be made."""


class TemplateWrong(DocumentError):
    """A template's header or body breaks the rules of the template language."""


class UnknownPlaceholder(DocumentError):
    """A template names a value that its context does not have."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the template asks for {name!r}, which the context does not have")
        self.name = name


class UnknownKind(DocumentError):
    """There is no template of this name."""


class WrongContext(DocumentError):
    """The context belongs to another kind of document."""
