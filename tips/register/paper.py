"""The register on paper: the columns that fit on a page, in Chinese like every paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from casework.documents import render
from casework.documents.contexts import RegisterLine, TipRegister


def paper(rows: Sequence[Mapping[str, str]], *, bureau_name: str, on: date) -> bytes:
    """The PDF of these rows; it is a print, no issued document, and has no number."""
    lines = tuple(
        RegisterLine(
            number=row["number"],
            received=row["received"],
            channel=f"{row['channel']} {row['name']}",
            about=row["about"],
            jurisdiction=row["jurisdiction"],
            due=" ".join(part for part in (row["due"], row["late"]) if part),
            decision=" ".join(part for part in (row["decision"], row["decided"], row["case"]) if part),
            answered=row["answered"],
            state=row["state"],
        )
        for row in rows
    )
    context = TipRegister(bureau=bureau_name, printed_on=on, lines=lines)
    return render("tip_register", context, number="", issued_on=on, bureau_name=bureau_name, draft=False).pdf
