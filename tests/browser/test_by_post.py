"""A tipster without e-mail and without a code: told by letter, claims through an agent at the bureau."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import fill, reloads_until, today
from tests.browser.test_coming_back import look
from tests.browser.test_ways_of_a_reward import ACCOUNT, PAYEE

NAME, ADDRESS = "岳信南", "云河县柳荫街7号"
NUMBER = "110101199001011237"
TASK = "送达领取通知"
AGENT = {
    "way": "agent",
    "person_name": NAME,
    "person_identity_number": NUMBER,
    "agent_name": "柏代良",
    "agent_identity_number": PAYEE["identity_number"],
    "authorised_on": "2025-01-02",
    "reasons": "授权委托书原件、双方身份证件",
}


def test_the_notice_goes_by_letter_and_an_agent_claims(house, sign_in) -> None:  # type: ignore[no-untyped-def]
    officer = sign_in("identity")
    page = officer.takes(TASK)
    address = page.url
    expect(page.get_by_text(ADDRESS)).to_be_visible()
    expect(page.get_by_text("柳林")).to_have_count(0)
    number = claim_number(page)
    fill(page, {"result": "letter"})
    officer.sends()
    page.goto(address)
    reloads_until(page, page.get_by_role("link", name=re.compile("奖通")))
    fill(page, {"result": "missed", "way": "telephone", "day": today(), "remark": "无人接听"})
    officer.sends()
    page.goto(address)
    expect(page.get_by_text("无人接听")).to_be_visible()
    seen(page, "notice")
    fill(page, {"result": "reached", "way": "letter", "day": today()})
    officer.sends()

    page = officer.goes("/rewards/claims/")
    fill(page, {"claim_number": "无此号"})
    officer.sends()
    expect(page.locator("main .invalid-feedback, main .errorlist, main [role=alert]").first).to_be_visible()
    fill(page, {"claim_number": number})
    officer.sends()
    page.wait_for_url(re.compile(r"/rewards/claims/\d+/"))
    fill(page, {**AGENT, **PAYEE, "account": ACCOUNT, "person_name": "岳某"})
    officer.sends()
    expect(page.get_by_text("并非以此姓名提出").first).to_be_visible()
    seen(page, "bureau-claim")
    fill(page, {"person_name": NAME})
    officer.sends()
    page.wait_for_url("**/rewards/claims/")
    seen(page, "bureau-claims")
    expect(page.get_by_text(NAME)).to_have_count(0)

    other = sign_in("identity_b")
    page = other.waits_for("核验领奖人身份", number)
    expect(page.get_by_text("柏代良")).to_be_visible()
    seen(page, "confirm-bureau-claim")
    other.completes("核验领奖人身份", identity="confirmed")


def claim_number(page: Page) -> str:
    """The number on the page."""
    found = re.search(r"云河医保奖〔\d+〕\d+号", page.locator("main").inner_text())
    assert found is not None
    return found.group()


def seen(page: Page, name: str) -> None:
    """Look at the page on a desk and on a phone."""
    look(page, name)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    look(page, f"{name}-phone")
    page.set_viewport_size({"width": 1440, "height": 900})
