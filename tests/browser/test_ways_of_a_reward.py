"""Two rewards that do not go straight: nobody claims in time; the bank sends the money back."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import Person, fill, reloads_until, today
from tests.browser.test_coming_back import look

ACCOUNT, OTHER_ACCOUNT = "6217000490123456789", "6222000911119999888"
PAYEE = {"name": "周晓兰", "identity_number": "11010519491231002X", "bank": "云河农村商业银行城关支行"}
PIN = "74028163"


def looks_up(page: Page, code: str) -> None:
    page.goto("/follow/")
    fill(page, {"code": code})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")


def test_a_reward_that_nobody_claims_for_two_months_counts_as_given_up(citizen: Page, house):
    looks_up(citizen, house.codes["lapsed"])

    reloads_until(citizen, citizen.get_by_text("奖励在2个月内未申领，视为放弃。"))
    expect(citizen.get_by_role("link", name="申领奖励")).to_have_count(0)
    citizen.goto("/follow/claim/")
    expect(citizen.locator("[name=account]")).to_have_count(0)


def test_a_returned_payment_is_paid_again_to_another_account(citizen: Page, sign_in, house, tmp_path):
    code = house.codes["returned"]
    looks_up(citizen, code)
    expect(citizen.locator(".fg-notice.is-warning")).to_contain_text(re.compile(r"还剩 \d+ 天"))
    look(citizen, "reminder-banner")
    sets_a_pin(citizen)
    number = claims(citizen, ACCOUNT)
    confirms(sign_in("identity"), number)
    batch = to_the_bank(sign_in, number)
    file = bank_file(sign_in("finance"), batch)
    assert ACCOUNT in file
    assert not [word for word in ("举报", "奖", number) if word in file]
    reads_answers(sign_in("finance"), batch, f"{batch}-001,退回,{today()},TH-1,account\n", tmp_path)
    expect(line_of(sign_in("finance").page, number)).to_contain_text("退回")
    look(sign_in("finance").page, "returned-batch")

    looks_up(citizen, code)
    state = citizen.locator("#reward-head + p")
    reloads_until(citizen, state.filter(has_text="银行已退回款项"))
    expect(citizen.get_by_text("银行未能将款项入账").first).to_be_visible()
    look(citizen, "returned-status")
    assert claims(citizen, OTHER_ACCOUNT) == number
    confirms(sign_in("identity"), number)
    second = to_the_bank(sign_in, number)
    assert second != batch
    file = bank_file(sign_in("finance"), second)
    assert OTHER_ACCOUNT in file and ACCOUNT not in file
    reads_answers(sign_in("finance"), second, f"{second}-001,已付,{today()},JL-1\n", tmp_path)
    expect(line_of(sign_in("finance").page, number)).to_contain_text("已发放")

    looks_up(citizen, code)
    reloads_until(citizen, state.filter(has_text="已发放"))
    expect(citizen.locator(".fg-notice.is-warning")).to_have_count(0)
    expect(citizen.get_by_text("已支付至您指定的账户")).to_be_visible()
    expect(citizen.get_by_role("link", name="申领奖励")).to_have_count(0)


def sets_a_pin(page: Page) -> None:
    """Choose the PIN that guards an anonymous claim."""
    page.goto("/follow/pin/")
    fill(page, {"pin": PIN, "pin_again": PIN})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")


def claims(page: Page, account: str) -> str:
    """Name the payee; the claim number that the page shows."""
    page.goto("/follow/claim/")
    number = re.search(r"云河医保奖〔\d+〕\d+号", page.locator("main").inner_text())
    assert number is not None
    fill(page, {**PAYEE, "account": account, "pin": PIN})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")
    return number.group()


def confirms(officer: Person, number: str) -> None:
    page = officer.waits_for("核验领奖人身份", number)
    expect(page.get_by_text(PAYEE["name"])).not_to_have_count(0)
    officer.completes("核验领奖人身份", identity="confirmed")


def to_the_bank(sign_in, number: str) -> str:
    """One person of finance puts the claim into a batch, another one releases it; the batch's number."""
    page = sign_in("finance").goes("/rewards/payments/")
    reloads_until(page, page.get_by_role("checkbox", name=number))
    for box in page.locator("main [name=item]").all():
        box.uncheck()
    page.get_by_role("checkbox", name=number).check()
    page.locator("main form .btn-primary").click()
    found = re.search(r"DF\d+-\d+", page.get_by_role("heading", level=1).inner_text())
    assert found is not None
    page = opens(sign_in("finance_b"), found.group())
    fill(page, {"release": "released"})
    page.locator("main form .btn-primary").click()
    expect(page.locator("a[download]")).to_be_visible()
    return found.group()


def opens(finance: Person, batch: str) -> Page:
    page = finance.goes("/rewards/payments/")
    page.get_by_role("link", name=batch).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(batch)
    return page


def line_of(page: Page, number: str):
    return page.get_by_role("row").filter(has_text=number)


def bank_file(finance: Person, batch: str) -> str:
    """The words of the file for the bank."""
    page = opens(finance, batch)
    with page.expect_download() as taken:
        page.locator("a[download]").click()
    return taken.value.path().read_bytes().decode("utf-8-sig")


def reads_answers(finance: Person, batch: str, lines: str, folder: Path) -> None:
    page = opens(finance, batch)
    answers = folder / f"{batch}.csv"
    answers.write_text(lines, encoding="utf-8")
    page.locator("main input[type=file]").set_input_files(answers)
    page.locator("form[action$='/answers/'] .btn-primary").click()
    expect(page.get_by_text("已登记银行回执 1 笔")).to_be_visible()
