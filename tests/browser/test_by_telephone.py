"""A report by telephone: an officer writes it down and prints the receipt; the caller goes on alone with the code."""

import re
from dataclasses import dataclass
from io import BytesIO

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.people import Person, fill
from tests.browser.test_coming_back import enters, look, small

__all__ = ["small"]

SHEET = "/tips/take-in/receipt/"
STORY = "来电人说：隔壁病房的人出院一周了，护士还在给他记理疗费用，每天两次。"
MORE = "我想起来了，那间病房是住院楼三层的六床。"


@dataclass(frozen=True)
class Receipt:
    """What the officer hands over."""

    number: str
    code: str


def test_a_caller_gets_a_receipt_from_the_officer_and_follows_the_report_alone(small: Page, sign_in) -> None:  # type: ignore[no-untyped-def]
    intake = sign_in("intake")
    receipt = writes_down_the_call(intake)
    is_printed(intake.page, receipt)
    hands_over(intake.page, receipt)
    stands_in_the_register_as_a_call(intake, receipt)

    enters(small, receipt.code.lower())
    expect(small.get_by_role("heading", level=1)).to_have_text("收到举报")
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")
    fill(small, {"text": MORE})
    small.get_by_role("button", name="发送留言").click()
    expect(small.get_by_text(MORE)).to_be_visible()

    the_report_goes_its_way(sign_in, receipt)
    small.reload()
    expect(small.get_by_role("heading", level=1)).to_have_text("正在核查")
    look(small, "telephone-360")


def writes_down_the_call(intake: Person) -> Receipt:
    page = intake.goes("/tips/take-in/")
    expect(page.locator("[name=pin]")).to_have_count(0)
    called = {
        "channel": "telephone", "is_real_name": "no", "target_name": "云河县中医院", "story": STORY,
        "wants_reward": "no", "consent": True,
    }  # fmt: skip
    fill(page, called)
    send = page.locator("main form.fg-report > .fg-acts .btn-primary")
    send.click()
    expect(page.locator("#id_is_read_back_error")).to_be_visible()
    expect(page.locator("[name=story]")).to_have_value(STORY)
    fill(page, {"is_read_back": True})
    send.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("请当场交付查询凭证")
    look(page, "telephone-receipt")
    code = re.sub(r"\s", "", page.locator(".fg-receipt").inner_text())
    number = re.search(r"云河医保举〔\d+〕\d+号", page.locator("main").inner_text())
    assert number is not None
    assert code.replace("-", "") not in page.url.replace("-", "")
    return Receipt(number.group(), code)


def is_printed(page: Page, receipt: Receipt) -> None:
    """The sheet that the button opens."""
    printed = page.request.post(SHEET, form=sheet_fields(page), headers={"referer": page.url})
    assert printed.ok and printed.headers["content-type"] == "application/pdf"
    words = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(printed.body())).pages)
    plain = re.sub(r"[\s-]", "", words)
    assert receipt.code.replace("-", "") in plain
    assert receipt.number not in plain and "理疗" not in plain


def sheet_fields(page: Page) -> dict[str, str]:
    """What the button sends."""
    form = page.locator(f"form[action$='{SHEET}']")
    found = {name: form.locator(f"[name={name}]") for name in ("csrfmiddlewaretoken", "key")}
    return {name: field.get_attribute("value") or "" for name, field in found.items()}


def hands_over(page: Page, receipt: Receipt) -> None:
    """From here on nobody of the house can show or print the code again."""
    fields = sheet_fields(page)
    page.locator("form[action$='/done/'] .btn-primary").click()
    expect(page.locator("main")).to_contain_text("凭证已交付，任何人不能再次显示")
    expect(page.get_by_text(receipt.code)).to_have_count(0)
    again = page.request.post(SHEET, form=fields, headers={"referer": page.url})
    assert again.status == 409


def stands_in_the_register_as_a_call(intake: Person, receipt: Receipt) -> None:
    page = intake.goes("/tips/?channel=telephone")
    row = page.get_by_role("row").filter(has_text=receipt.number)
    expect(row).to_contain_text("电话")
    page.goto("/tips/?channel=letter")
    expect(page.get_by_role("row").filter(has_text=receipt.number)).to_have_count(0)


def the_report_goes_its_way(sign_in, receipt: Receipt) -> None:  # type: ignore[no-untyped-def]
    """The officer reads what the caller added, registers it, and a leader sends two officers."""
    intake = sign_in("intake")
    page = intake.takes("登记并核对管辖", receipt.number)
    expect(page.get_by_text(STORY)).to_be_visible()
    intake.completes("登记并核对管辖", jurisdiction="accepted")
    intake.does("制作隐名副本", receipt.number, reviewed_copy="病人出院后仍被记理疗费用。")
    sign_in("leader").does(
        "指派核查人员", receipt.number, officers=["陈志远", "刘䶮"], is_recusal_checked=True
    )
    page = sign_in("handler_a").takes("核查线索", receipt.number)
    expect(page.get_by_text("病人出院后仍被记理疗费用。")).to_be_visible()
    expect(page.get_by_text(MORE)).to_have_count(0)
