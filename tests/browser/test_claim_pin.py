"""An anonymous tipster chooses the PIN of the claim on a narrow phone; the identity officer notes who forgot it."""

from playwright.sync_api import Page, expect

from tests.browser.people import fill
from tests.browser.test_coming_back import look, reported, small

__all__ = ["small"]


def test_a_pin_is_refused_when_trivial_and_then_set(small: Page) -> None:
    reported(small)
    look(small, "pin-status")
    small.get_by_role("link", name="设置领奖密码").click()
    expect(small.get_by_role("heading", level=1)).to_have_text("设置领奖密码")

    fill(small, {"pin": "123456", "pin_again": "123456"})
    small.get_by_role("button", name="确定").click()
    expect(small.locator("main")).to_contain_text("这个密码太容易被猜到")
    look(small, "pin-weak")
    assert small.locator("[name=pin]").input_value() == ""
    fill(small, {"pin": "408261", "pin_again": "408261"})
    small.get_by_role("button", name="确定").click()

    expect(small.locator("main")).to_contain_text("申领已由密码保护")
    small.goto("/follow/pin/")
    look(small, "pin-change")
    small.goto("/report/")
    small.evaluate(
        "document.querySelectorAll('[data-step]').forEach(part => part.hidden = part.id !== 'reward')"
    )
    small.locator("#reward summary").click()
    look(small, "pin-filing")
    expect(small.locator("#reward [name=pin]")).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_identity_officer_has_a_page_for_forgotten_pins(sign_in) -> None:  # type: ignore[no-untyped-def]
    page = sign_in("identity").page
    page.goto("/rewards/forgotten-pin/")
    expect(page.get_by_role("heading", level=1)).to_have_text("忘记领奖密码")
    fill(
        page,
        {"claim_number": "云河医保奖〔2020〕1号", "name": "陈某某", "identity_number": "11010519491231002X"},
    )
    fill(page, {"reasons": "出示身份证原件"})
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("本机关没有该兑奖编号")
    look(page, "pin-forgotten")
