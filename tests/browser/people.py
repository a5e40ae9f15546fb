"""People in front of the product: how they sign in, take work, fill in forms and send them."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from config.demo_bureau.people import PASSWORD

PATIENCE = 15_000


def phone(browser: Browser, url: str, **options: object) -> BrowserContext:
    """A phone held upright, in Chinese."""
    shape = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    return _context(browser, url, **{**shape, **options})


def desk(browser: Browser, url: str, **options: object) -> BrowserContext:
    """A screen on a desk."""
    return _context(browser, url, **{"viewport": {"width": 1440, "height": 900}, **options})


def _context(browser: Browser, url: str, **options: object) -> BrowserContext:
    settings = {"base_url": url, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options}
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context


def today() -> str:
    """The day in Shanghai, as date fields take it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


@dataclass(frozen=True)
class Person:
    """Somebody of the staff with a browser context of their own."""

    username: str
    page: Page

    def goes(self, address: str) -> Page:
        """Open an address."""
        self.page.goto(address)
        return self.page

    def takes(self, label: str, number: str = "") -> Page:
        """Find a piece of work in the list by its title, take it unless it is taken, and open it."""
        self.goes("/work/")
        row = self.row(label, number)
        expect(row).to_be_visible()
        claim = row.locator("button.btn-primary")
        if claim.count():
            claim.click()
        else:
            row.get_by_role("link", name=label).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(label)
        return self.page

    def row(self, label: str, number: str = "") -> Locator:
        """The row of a piece of work."""
        found = self.page.get_by_role("row").filter(has_text=label)
        return (found.filter(has_text=number) if number else found).first

    def waits_for(self, label: str, number: str = "") -> Page:
        """Take work that comes after a step of the machine: the open list shows it by itself."""
        self.goes("/work/")
        expect(self.row(label, number)).to_be_visible(timeout=20_000)
        return self.takes(label, number)

    def does(self, label: str, number: str = "", **entries: object) -> Page:
        """Take the work and complete it."""
        self.takes(label, number)
        return self.completes(label, **entries)

    def completes(self, label: str, **entries: object) -> Page:
        """Fill in the open form and send it; the list says that it is done."""
        fill(self.page, entries)
        self.sends()
        expect(self.page.get_by_text(f"已完成：{label}")).to_be_visible()
        return self.page

    def sends(self) -> None:
        """Press the one main button."""
        self.page.locator("main form .btn-primary").click()


def staff(browser: Browser, url: str, username: str) -> Person:
    """Sign in with the password and the code that the page shows."""
    page = desk(browser, url).new_page()
    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main button.btn-primary").click()
    code = page.locator("main .fg-code").inner_text()
    page.locator("input[name=code]").fill(code)
    page.locator("main button.btn-primary").click()
    page.wait_for_url("**/work/")
    return Person(username, page)


def reloads_until(page: Page, sign: Locator) -> None:
    """Reload as an impatient person does, until something is there that a machine has to bring about."""
    for _ in range(20):
        if sign.count():
            return
        page.wait_for_timeout(1_000)
        page.reload()
    expect(sign.first).to_be_visible()


def fill(page: Page, entries: dict[str, object]) -> None:
    """Enter values by field name: text, choices, ticks; a list ticks several."""
    for name, value in entries.items():
        field = page.locator(f"main [name={name}]:not([type=hidden])")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f"main [name={name}][value='{value}']").check()
        elif isinstance(value, list):
            for one in value:
                page.get_by_role("checkbox", name=str(one)).check()
        elif kind == "checkbox":
            field.first.set_checked(bool(value))
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.first.select_option(str(value))
        else:
            field.first.fill(str(value))
