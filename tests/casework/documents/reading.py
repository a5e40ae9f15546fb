"""Reads PDFs back, as a court's clerk would: by poppler, and by pypdf for what lies inside."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from casework.documents import RenderedDocument, render
from casework.documents.samples import BUREAU, SAMPLES


def sample(kind: str, *, draft: bool = False, **changes: Any) -> RenderedDocument:
    """The sample document of a kind with some fields changed."""
    context, number, issued_on = SAMPLES[kind]
    return made(kind, replace(context, **changes), number, issued_on, draft=draft)


def made(kind: str, context: Any, number: str, issued_on: date, *, draft: bool = False) -> RenderedDocument:
    """One document of the sample bureau."""
    return render(kind, context, number=number, issued_on=issued_on, bureau_name=BUREAU, draft=draft)


def pages(document: RenderedDocument, order: str = "-layout") -> list[str]:
    """Text of each page by pdftotext, as it is laid out, or with "-raw" as it was written."""
    command = ["pdftotext", order, "-", "-"]
    text = subprocess.run(command, input=document.pdf, capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def lines(document: RenderedDocument) -> list[str]:
    """All lines with text, without the space around them."""
    return [line.strip() for page in pages(document) for line in page.split("\n") if line.strip()]


def words(document: RenderedDocument) -> str:
    """The whole text, cell by cell, without any white space: Chinese has none that matters."""
    return "".join("".join(pages(document, "-raw")).split())


def opened(document: RenderedDocument) -> PdfReader:
    """The document in pypdf."""
    return PdfReader(BytesIO(document.pdf))
