"""render(): context and template → PDF."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from casework.documents import faces, templates
from casework.documents.assembly import Parts, footnotes, story
from casework.documents.contexts import context_for
from casework.documents.page import GEOMETRIES, Furniture, document_template

# ReportLab's fonts are shared by all threads and must not serve two documents at once.
_rendering = threading.Lock()


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """A finished PDF; `missing_characters` are shown as 〓 and need a font or another spelling."""

    pdf: bytes
    sha256: str
    title: str
    template_version: str
    missing_characters: tuple[str, ...]


def render(
    kind: str, context: Any, *, number: str, issued_on: date | None, bureau_name: str, draft: bool
) -> RenderedDocument:
    """Make the PDF of one document; the same input gives the same bytes.

    `context` is the dataclass of the kind or its stored form (`contexts.to_json`). `number` and
    `issued_on` may be empty in a draft.
    Raises: UnknownKind, WrongContext, UnknownPlaceholder, FontsMissing.
    """
    template = templates.load(kind)
    context = context_for(kind, context)
    return render_template(
        template, context, number=number, issued_on=issued_on, bureau_name=bureau_name, draft=draft
    )


def render_template(
    template: templates.DocumentTemplate,
    context: Any,
    *,
    number: str,
    issued_on: date | None,
    bureau_name: str,
    draft: bool,
) -> RenderedDocument:
    """As `render`, with a template that is not on disk (a preview of a changed one)."""
    faces.register(Path(settings.FONTS))
    facts = {"number": number, "issued_on": issued_on, "bureau": bureau_name, "is_draft": draft}
    body = template.fill({**_named(context), "document": facts})
    parts = Parts(
        template=template,
        body=body,
        number=number,
        issued_on=issued_on,
        bureau_name=bureau_name,
        draft=draft,
        marks=tuple(getattr(context, "marks", ())),
        signatory=getattr(context, "signatory", ""),
    )
    with _rendering:
        pdf, missing = _draw(parts)
    return RenderedDocument(
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
        title=template.title,
        template_version=template.version,
        missing_characters=tuple(sorted(set(missing))),
    )


def _named(context: Any) -> Mapping[str, Any]:
    if isinstance(context, Mapping):
        return context
    names = [name for name in dir(type(context)) if not name.startswith("_")]
    return {name: getattr(context, name) for name in names if not callable(getattr(context, name))}


def _draw(parts: Parts) -> tuple[bytes, list[str]]:
    missing: list[str] = []
    geometry = GEOMETRIES[parts.template.layout]
    notes = tuple(footnotes(parts, missing))
    furniture = Furniture(geometry=geometry, draft=parts.draft, foot=parts.foot, notes=notes)
    target = BytesIO()
    document = document_template(
        target, furniture, title=parts.full_title, author=parts.bureau_name, subject=parts.number
    )
    document.build(story(parts, geometry.width, missing))
    return target.getvalue(), missing
