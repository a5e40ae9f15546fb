"""Makes the static TrueType fonts that ReportLab needs, once per installation."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from multiprocessing import current_process, get_context
from pathlib import Path

from casework.documents.errors import FontsMissing

# Layout tables that ReportLab never reads; without them an instance takes half the time and room.
UNUSED_TABLES = ("GPOS", "GSUB", "GDEF", "BASE", "STAT", "HVAR", "vhea", "vmtx")


@dataclass(frozen=True, slots=True)
class StaticFont:
    """One weight of one variable font; `name` is both file name and PostScript name."""

    name: str
    source: str
    weight: int


FONTS = (
    StaticFont("NotoSansSC-Regular", "notosanssc/NotoSansSC[wght].ttf", 400),
    StaticFont("NotoSansSC-Bold", "notosanssc/NotoSansSC[wght].ttf", 700),
    StaticFont("NotoSansJP-Regular", "notosansjp/NotoSansJP[wght].ttf", 400),
)


def font_path(directory: Path, font: StaticFont) -> Path:
    """Where the made font lies."""
    return directory / f"{font.name}.ttf"


def missing_fonts(directory: Path) -> tuple[StaticFont, ...]:
    """The fonts that still have to be made in `directory`."""
    return tuple(font for font in FONTS if not font_path(directory, font).is_file())


def make_fonts(directory: Path) -> tuple[StaticFont, ...]:
    """Make what is missing and return it; about 20 s on two cores, 250 MB for each process.

    Two callers may come at once: the second waits for the first and finds the work done.
    Raises: FontsMissing.
    """
    if not missing_fonts(directory):
        return ()
    directory.mkdir(parents=True, exist_ok=True)
    with _locked(directory / ".lock"):
        wanted = missing_fonts(directory)
        if wanted:
            _make_all(directory, wanted)
    return wanted


def _make_all(directory: Path, wanted: tuple[StaticFont, ...]) -> None:
    if current_process().daemon:  # a worker's child, which may have none of its own
        for font in wanted:
            make_font(directory, font)
        return
    # A fresh interpreter for each font: a fork would copy the locks of a threaded caller.
    workers = min(2, len(wanted))
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as pool:
        for future in [pool.submit(make_font, directory, font) for font in wanted]:
            future.result()


def make_font(directory: Path, font: StaticFont) -> None:
    """Write one static instance; the file appears whole or not at all."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    variable = TTFont(_source(font), lazy=True)
    for table in UNUSED_TABLES:
        if table in variable:
            del variable[table]
    static = instantiateVariableFont(variable, {"wght": font.weight}, inplace=True)
    _rename(static, font.name)
    target = font_path(directory, font)
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    static.save(unfinished)
    unfinished.replace(target)


def _source(font: StaticFont) -> Path:
    try:
        source = files("justmytype_intl_cjk") / "fonts" / "ofl" / font.source
    except ModuleNotFoundError as error:
        raise FontsMissing("the package justmytype-intl-cjk, which carries the fonts, is missing") from error
    path = Path(str(source))
    if not path.is_file():
        raise FontsMissing(f"justmytype-intl-cjk does not hold {font.source}")
    return path


def _rename(static: object, name: str) -> None:
    # ReportLab takes two fonts with one PostScript name (name id 6) for the same font.
    table = static["name"]  # type: ignore[index]
    family, _, style = name.partition("-")
    for name_id, text in ((1, family), (2, style), (4, f"{family} {style}"), (6, name)):
        table.setName(text, name_id, 3, 1, 0x409)
        table.removeNames(nameID=name_id, platformID=1)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
