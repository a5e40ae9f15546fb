"""Compiles locale/<language>/LC_MESSAGES/*.po to the .mo files that Django reads, without gettext."""

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Compile every catalogue; exit status 1 when one has a mistake in it."""
    status = 0
    for source in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        try:
            catalogue = polib.pofile(str(source), check_for_duplicates=True)
        except (OSError, ValueError) as mistake:
            sys.stderr.write(f"{source.relative_to(ROOT)}: {mistake}\n")
            status = 1
            continue
        draft = source.with_suffix(".new")
        catalogue.save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))
    return status


if __name__ == "__main__":
    sys.exit(main())
