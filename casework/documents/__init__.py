"""Official Chinese documents as PDF: templates as data, frozen contexts, `render()`."""

from casework.documents.contexts import CONTEXTS, context_for, from_json, to_json
from casework.documents.errors import (
    DocumentError,
    FontsMissing,
    TemplateWrong,
    UnknownKind,
    UnknownPlaceholder,
    WrongContext,
)
from casework.documents.render import RenderedDocument, render

__all__ = [
    "CONTEXTS",
    "DocumentError",
    "FontsMissing",
    "RenderedDocument",
    "TemplateWrong",
    "UnknownKind",
    "UnknownPlaceholder",
    "WrongContext",
    "context_for",
    "from_json",
    "render",
    "to_json",
]
