"""Command line: `python -m casework.documents.preview DEST [KIND…]` draws each template with a sample case.

Writes KIND.pdf and KIND-draft.pdf, and PNG pictures of the pages where poppler's `pdftoppm` is installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from casework.documents import CONTEXTS, render
from casework.documents.samples import BUREAU, SAMPLES

DOTS_PER_INCH = "100"


def preview(target: Path, kind: str, *, draft: bool) -> Path:
    """Write one sample and return its path."""
    context, number, issued_on = SAMPLES[kind]
    made = render(
        kind,
        context,
        number="" if draft else number,
        issued_on=None if draft else issued_on,
        bureau_name=BUREAU,
        draft=draft,
    )
    path = target / f"{kind}{'-draft' if draft else ''}.pdf"
    path.write_bytes(made.pdf)
    return path


def take_pictures(pdf: Path) -> None:
    """Write one PNG for each page beside the PDF."""
    program = shutil.which("pdftoppm")
    if program is None:
        sys.stderr.write("pdftoppm is not installed (package poppler-utils): no pictures\n")
        return
    subprocess.run([program, "-r", DOTS_PER_INCH, "-png", str(pdf), str(pdf.with_suffix(""))], check=True)


def main(arguments: list[str]) -> int:
    """Draw all kinds, or those named, into a folder."""
    if not arguments or not set(arguments[1:]) <= set(CONTEXTS):
        sys.stderr.write(f"usage: python -m casework.documents.preview DEST [{'|'.join(CONTEXTS)}]…\n")
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    for kind in arguments[1:] or CONTEXTS:
        for draft in (False, True):
            take_pictures(preview(target, kind, draft=draft))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
