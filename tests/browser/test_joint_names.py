"""Two people report together by their names; the reward is divided, each is paid to an account of their own."""

import re
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.people import fill, phone, reloads_until, today
from tests.browser.test_coming_back import look
from tests.browser.test_filing_a_report import agrees, sends, to_part
from tests.browser.test_ways_of_a_reward import bank_file, looks_up, opens, to_the_bank

TOGETHER = "我们两人都在这家医院住过院，账单上都有没有做过的红外线治疗。"
PAYEES = {
    1: {"name": "周举报", "account": "6217000690123456784"},
    2: {"name": "吴联名", "account": "6222000811119999880"},
}
CARD = {"identity_number": "11010519491231002X", "bank": "云河农村商业银行城关支行"}


def test_two_people_report_together_with_names_and_shares(citizen: Page, sign_in):
    citizen.goto("/report/")
    fill(citizen, {"is_real_name": "yes"})
    opens_joint_names(citizen)
    fill(citizen, {"name": "周举报", "telephone": "13900001234", "share": "60"})
    fill(citizen, {"name_2": "吴联名", "telephone_2": "13900001235", "share_2": "50"})
    look(citizen, "joint-report")
    to_part(citizen, "target")
    fill(citizen, {"target_name": "云河县中医院"})
    to_part(citizen, "story")
    fill(citizen, {"story": TOGETHER})
    to_part(citizen, "send")
    agrees(citizen)
    sends(citizen)
    expect(citizen.get_by_role("alert").first).to_contain_text("100")

    while not citizen.locator("[name=share_2]").is_visible():
        citizen.locator("[data-way=back]:visible").click()
    fill(citizen, {"share_2": "40"})
    to_part(citizen, "send")
    agrees(citizen)
    sends(citizen)
    expect(citizen.get_by_role("heading", level=1)).to_contain_text("已收到")
    found = re.search(r"[^\s，。：]+举〔\d+〕\d+号", citizen.locator("main").inner_text())
    assert found is not None

    page = sign_in("intake").takes("登记并核对管辖", found.group()[-8:])
    expect(page.get_by_text(TOGETHER)).to_be_visible()
    for one in PAYEES.values():
        expect(page.get_by_text(one["name"])).to_have_count(0)


def opens_joint_names(page: Page) -> None:
    """Unfold what is folded, the outer part first."""
    page.locator("details:has([name=share]) > summary").first.click()
    if not page.locator("[name=name_2]").is_visible():
        page.locator("details:has([name=name_2]) > summary").last.click()


def test_the_reward_of_two_is_paid_to_an_account_each(citizen: Page, sign_in, house, chromium, tmp_path):
    code = house.codes["joint"]
    in_english = phone(chromium, house.url, locale="en-US", viewport={"width": 360, "height": 780})
    foreign = in_english.new_page()
    looks_up(foreign, code)
    foreign.goto("/follow/claim/")
    look(foreign, "joint-claim-en")
    in_english.close()

    number, whole, parts = claims(citizen, code)
    assert sum(parts) == whole
    officer = sign_in("identity")
    page = officer.waits_for("核验领奖人身份", number)
    for one in PAYEES.values():
        expect(page.get_by_text(one["name"])).not_to_have_count(0)
        expect(page.get_by_text(one["account"])).to_be_visible()
    look(page, "joint-identity")
    officer.completes("核验领奖人身份", identity_1="confirmed", identity_2="confirmed")

    batch = to_the_bank(sign_in, number)
    page = opens(sign_in("finance"), batch)
    expect(page.get_by_role("row").filter(has_text=number)).to_have_count(2)
    look(page, "joint-batch")
    file = bank_file(sign_in("finance"), batch)
    for one, part in zip(PAYEES.values(), parts, strict=True):
        assert [line for line in file.splitlines() if one["account"] in line and str(part) in line]
    assert number not in file
    reads_both(sign_in("finance").page, batch, tmp_path)
    rows = sign_in("finance").page.get_by_role("row").filter(has_text=number)
    expect(rows.filter(has_text="已发放")).to_have_count(2)

    looks_up(citizen, code)
    reloads_until(citizen, citizen.locator("#reward-head + p").filter(has_text="已发放"))
    look(citizen, "joint-paid")
    told = citizen.get_by_text("已支付至您指定的账户").first.inner_text()
    assert f"{whole:,}" in told


def claims(page: Page, code: str) -> tuple[str, Decimal, list[Decimal]]:
    """Name an account for each; the claim number, the whole reward and the parts that the page shows."""
    looks_up(page, code)
    page.goto("/follow/claim/")
    found = re.search(r"云河医保奖〔\d+〕\d+号", page.locator("main").inner_text())
    assert found is not None
    whole = yuan(page.locator("main .fg-lead").inner_text())
    parts = [yuan(legend) for legend in page.locator("main fieldset legend").all_inner_texts()]
    for person, one in PAYEES.items():
        fill(page, {f"{name}_{person}": value for name, value in {**CARD, **one}.items()})
    fill(page, {"identity_number_2": "110105194912310021"})
    page.locator("main form .btn-primary").click()
    expect(page.get_by_role("alert").first).to_contain_text("身份证")
    expect(page.locator("[name=account_1]")).to_have_value(PAYEES[1]["account"])
    look(page, "joint-claim")
    fill(page, {"identity_number_2": CARD["identity_number"]})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")
    return found.group(), whole, parts


def yuan(words: str) -> Decimal:
    """The amount in a heading."""
    found = re.search(r"[\d,]+\.\d\d", words)
    assert found is not None, words
    return Decimal(found.group().replace(",", ""))


def reads_both(page: Page, batch: str, folder: Path) -> None:
    """Read in that the bank paid both."""
    answers = folder / f"{batch}.csv"
    lines = [f"{batch}-00{place},已付,{today()},LM-{place}\n" for place in (1, 2)]
    answers.write_text("".join(lines), encoding="utf-8")
    page.locator("main input[type=file]").set_input_files(answers)
    page.locator("form[action$='/answers/'] .btn-primary").click()
    expect(page.get_by_text("已登记银行回执 2 笔")).to_be_visible()
