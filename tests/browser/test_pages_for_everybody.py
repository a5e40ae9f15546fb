"""Every main page on a narrow phone, before axe, and in the other language."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import desk, phone

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
CITIZEN_PAGES = [
    "/",
    "/report/",
    "/follow/",
    "/information/",
    "/information/last-year/",
    "/accounts/login/",
    "/nowhere/",
]
OFFICE_PAGES = [
    "/tips/take-in/", "/supervisors/", "/questionnaires/",
    "/work/", "/cases/", "/tips/", "/rewards/", "/province-reports/", "/institutions/", "/search/?q=云河",
    "/overview/", "/ledgers/", "/journal/", "/accounts/2fa/",
]  # fmt: skip
SEEN_BY = {
    "/tips/take-in/": "intake",
    "/ledgers/": "finance",
    "/journal/": "auditor",
    "/tips/": "intake",
    "/rewards/": "reward",
}


def findings(page: Page) -> list[str]:
    """What axe finds wrong, in a form that people can read."""
    if not page.evaluate("typeof window.axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def widest(page: Page) -> str:
    """What makes the page wider than its window; nothing when all fits."""
    return str(
        page.evaluate("""() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return "";
        const wide = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
        return wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join("\\n");
    }""")
    )


@pytest.mark.parametrize("address", CITIZEN_PAGES)
def test_pages_of_citizens_fit_a_narrow_phone_and_have_no_barrier(house, chromium, address):
    context = phone(chromium, house.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address)
    too_wide, barriers = widest(page), findings(page)
    context.close()
    assert not too_wide
    assert not barriers


@pytest.mark.parametrize("address", OFFICE_PAGES)
def test_pages_of_the_office_fit_a_narrow_phone_and_have_no_barrier(sign_in, address):
    page = sign_in(SEEN_BY.get(address, "leader")).page
    page.goto(address)
    barriers = findings(page)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    too_wide = widest(page)
    page.set_viewport_size({"width": 1440, "height": 900})
    assert page.locator("h1").count() == 1
    assert not barriers
    assert not too_wide


def test_dark_pages_have_enough_contrast(house, chromium):
    context = desk(chromium, house.url, color_scheme="dark")
    page = context.new_page()
    page.goto("/report/")
    barriers = findings(page)
    context.close()
    assert not barriers


def test_the_language_changes_on_the_same_page_and_stays(citizen):
    citizen.goto("/information/")
    expect(citizen.get_by_role("heading", level=1)).to_have_text("举报怎样处理")
    citizen.get_by_role("button", name="English").click()
    expect(citizen).to_have_url(re.compile("/information/$"))
    expect(citizen.get_by_role("heading", level=1)).to_have_text("How a report is handled")
    citizen.goto("/report/")
    expect(citizen.locator("html")).to_have_attribute("lang", "en")


def test_pages_say_nothing_to_other_hosts(citizen, house):
    asked: list[str] = []
    citizen.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/report/", "/accounts/login/"):
        citizen.goto(address)
    strangers = [url for url in asked if not url.startswith((house.url, "data:"))]
    assert json.dumps(strangers) == "[]"
