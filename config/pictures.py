"""Takes the pictures of docs/pictures from a running `make demo`: `python -m config.pictures [ADDRESS]`.

Needs the development packages and Chromium; changes nothing in the demo.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config import env

FOLDER = env.BASE_DIR / "docs" / "pictures"
LANGUAGES = ("zh-hans", "en")
SHAPES = {1440: 900, 390: 844}
TALLEST = 2400
# The CSS names these families first; the fonts of documents have them under another name.
FONTS_FILE = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir>
<match target="pattern"><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Noto Sans SC</string></edit></match>
<match target="pattern"><test name="family"><string>Noto Sans CJK SC</string></test>
<edit name="family" mode="assign" binding="strong"><string>Noto Sans SC</string></edit></match></fontconfig>"""
# Picture → who looks (nobody: a citizen), address, and the links to follow from there.
VIEWS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "home": ("", "/", ()),
    "report": ("", "/report/", ()),
    "look-up": ("", "/follow/", ()),
    "information": ("", "/information/", ()),
    "sign-in": ("", "/accounts/login/", ()),
    "my-work": ("leader", "/work/", ()),
    "task": ("leader", "/work/", ("main tbody th a",)),
    "cases": ("leader", "/cases/", ()),
    "case": ("leader", "/cases/", ("main tbody th a",)),
    "case-process": ("leader", "/cases/", ("main tbody th a", "main .fg-tabs a[href$='/process/']")),
    "case-periods": ("leader", "/cases/", ("main tbody th a", "main .fg-tabs a[href$='/clocks/']")),
    "overview": ("leader", "/overview/", ()),
    "tips": ("intake", "/tips/", ()),
    "journal": ("auditor", "/journal/", ()),
}


def main() -> int:
    """Take every picture in both languages and widths; exit status 1 without Chromium."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.stderr.write("Chromium is not installed. `make test-tools` installs it or says how.\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with _fonts() as environment, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--lang=zh-CN"], env=environment
        )
        for user in dict.fromkeys(user for user, _address, _links in VIEWS.values()):
            _all_of(browser, address, user)
        browser.close()
    return 0


def _all_of(browser: Browser, address: str, user: str) -> None:
    """The pictures of one person, who signs in once."""
    context = browser.new_context(base_url=address, timezone_id="Asia/Shanghai", reduced_motion="reduce")
    page = context.new_page()
    if user:
        _sign_in(page, user)
    for language in LANGUAGES:
        _speak(context, address, language)
        for width, height in SHAPES.items():
            page.set_viewport_size({"width": width, "height": height})
            for name, (viewer, start, links) in VIEWS.items():
                if viewer == user:
                    _take(page, start, links, FOLDER / f"{name}.{language}.{width}.png")
    context.close()


def _take(page: Page, start: str, links: tuple[str, ...], target: Path) -> None:
    page.goto(start)
    for link in links:
        if not page.locator(link).count():
            sys.stderr.write(f"{target.name}: nothing to show at {page.url}\n")
            return
        page.goto(page.locator(link).first.get_attribute("href") or start)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(target), full_page=True)
    _make_small(target)


def _make_small(target: Path) -> None:
    """Few colours are enough for pages; very long ones are cut."""
    with Image.open(target) as picture:
        cut = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST)))
    cut.quantize(96).save(target, optimize=True)


def _speak(context: BrowserContext, address: str, language: str) -> None:
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])


def _sign_in(page: Page, user: str) -> None:
    from config.demo_bureau.people import PASSWORD

    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(user)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    page.locator("input[name=code]").fill(page.locator("main .fg-code").inner_text())
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/work/")


@contextmanager
def _fonts() -> Iterator[dict[str, str | float | bool]]:
    """An environment in which Chromium finds the fonts of the documents."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "fonts.conf"
        file.write_text(FONTS_FILE.format(fonts=env.fonts()), encoding="utf-8")
        yield {**os.environ, "FONTCONFIG_FILE": str(file)}


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    sys.exit(main())
