"""The fonts that set-up makes: static, told apart by ReportLab, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from casework.documents.errors import FontsMissing
from casework.documents.font_files import FONTS, StaticFont, font_path, make_font, make_fonts, missing_fonts


@pytest.fixture(scope="module")
def directory() -> Path:
    make_fonts(Path(settings.FONTS))
    return Path(settings.FONTS)


@pytest.mark.parametrize("font", FONTS, ids=lambda font: font.name)
def test_font_has_its_own_postscript_name_and_no_axis(directory: Path, font: StaticFont) -> None:
    made = TTFont(font_path(directory, font), lazy=True)

    assert made["name"].getDebugName(6) == font.name
    assert "fvar" not in made
    assert "glyf" in made


def test_font_that_is_there_is_left_alone(directory: Path) -> None:
    before = [font_path(directory, font).stat().st_mtime_ns for font in FONTS]

    assert make_fonts(directory) == ()
    assert [font_path(directory, font).stat().st_mtime_ns for font in FONTS] == before


def test_missing_font_is_noticed(tmp_path: Path) -> None:
    font_path(tmp_path, FONTS[0]).touch()

    assert missing_fonts(tmp_path) == FONTS[1:]


def test_font_that_the_package_does_not_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing, match="nosuch"):
        make_font(tmp_path, StaticFont("Nosuch-Regular", "nosuch/Nosuch.ttf", 400))


@pytest.mark.slow
def test_made_font_appears_whole(tmp_path: Path) -> None:
    font = FONTS[2]

    make_font(tmp_path, font)

    assert [path.name for path in tmp_path.iterdir()] == ["NotoSansJP-Regular.ttf"]
    assert TTFont(font_path(tmp_path, font), lazy=True)["OS/2"].usWeightClass == 400
