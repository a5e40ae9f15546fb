"""Command line: `python -m casework.documents.fonts DEST` fills a folder with the fonts of the documents."""

from __future__ import annotations

import sys
from pathlib import Path

from casework.documents.font_files import make_fonts


def main(arguments: list[str]) -> int:
    """Make what is missing in the folder named; say what was made."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m casework.documents.fonts DEST\n")
        return 2
    made = make_fonts(Path(arguments[0]))
    sys.stdout.write("".join(f"made {font.name}\n" for font in made) or "fonts are present\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
