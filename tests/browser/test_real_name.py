"""A report under a name: no officer of the matter reads it, no PIN is asked for, the reward reaches who reported."""

import re

from playwright.sync_api import Page, expect

from tests.browser.people import fill, reloads_until, today
from tests.browser.test_coming_back import look
from tests.browser.test_filing_a_report import agrees, sends, to_part
from tests.browser.test_ways_of_a_reward import (
    ACCOUNT,
    PAYEE,
    bank_file,
    confirms,
    line_of,
    looks_up,
    opens,
    reads_answers,
    to_the_bank,
)

STORY = "我母亲出院以后，医院还在她的账单上记理疗费用，我这里有出院小结。"
TIPSTER = {"name": "沈若云", "telephone": "13900007788", "email": "shen@example.org"}


def test_officers_who_take_the_report_in_do_not_read_the_name(citizen: Page, sign_in) -> None:  # type: ignore[no-untyped-def]
    citizen.goto("/report/")
    fill(citizen, {"is_real_name": "yes", **TIPSTER})
    to_part(citizen, "target")
    fill(citizen, {"target_name": "云河县中医院"})
    to_part(citizen, "story")
    fill(citizen, {"story": STORY})
    to_part(citizen, "reward")
    expect(citizen.locator("#reward [name=pin]:visible")).to_have_count(0)
    to_part(citizen, "send")
    agrees(citizen)
    sends(citizen)
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("已收到")
    number = re.search(r"云河医保举〔\d+〕\d+号", citizen.locator("main").inner_text())
    assert number is not None

    page = sign_in("intake").takes("登记并核对管辖", number.group())
    expect(page.get_by_text(STORY)).to_be_visible()
    expect(page.locator("main")).to_contain_text("实名")
    for word in TIPSTER.values():
        expect(page.get_by_text(word)).to_have_count(0)


def test_a_reward_is_claimed_under_the_name_without_a_pin_and_paid(citizen: Page, sign_in, house, tmp_path):
    code = house.codes["real_name"]
    looks_up(citizen, code)
    expect(citizen.locator(".fg-notice.is-warning")).to_contain_text(re.compile(r"还剩 \d+ 天"))
    number = claims_without_pin(citizen)
    confirms(sign_in("identity"), number)
    batch = to_the_bank(sign_in, number)
    assert ACCOUNT in bank_file(sign_in("finance"), batch)
    reads_answers(sign_in("finance"), batch, f"{batch}-001,已付,{today()},JL-NAMED\n", tmp_path)
    page = opens(sign_in("finance"), batch)
    expect(line_of(page, number).get_by_role("link", name="支付凭证")).to_be_visible()
    look(page, "paid-batch")

    looks_up(citizen, code)
    reloads_until(citizen, citizen.locator("#reward-head + p").filter(has_text="已发放"))
    expect(citizen.get_by_text("已支付至您指定的账户")).to_be_visible()
    officer = sign_in("reward").goes("/rewards/")
    officer.get_by_role("link", name=number).click()
    expect(officer.get_by_role("link", name="奖励资金支付凭证")).to_be_visible()
    look(officer, "reward-page")
    expect(officer.get_by_text(PAYEE["name"])).to_have_count(0)


def claims_without_pin(page: Page) -> str:
    """Name the payee; the claim number that the page shows."""
    page.goto("/follow/claim/")
    number = re.search(r"云河医保奖〔\d+〕\d+号", page.locator("main").inner_text())
    assert number is not None
    expect(page.locator("main [name=pin]")).to_have_count(0)
    fill(page, {**PAYEE, "account": ACCOUNT})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")
    return number.group()
