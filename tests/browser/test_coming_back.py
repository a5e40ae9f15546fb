"""An anonymous tipster comes back: messages and files both ways, a request by a date, the acknowledgement, leaving."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checkers.check_acknowledgement import is_signed
from tests.browser.files import photo
from tests.browser.people import desk, fill, phone
from tests.browser.test_filing_a_report import agrees, sends, to_part
from workflows.now import now
from workflows.rules.calendar import civil_date

STORY = "康复门诊把没有做过的理疗记在我父亲的医保卡上，每周三次，已经两个月。"
ASKED = "请提供2025年第三季度的收费清单照片。"
PICTURES = os.environ.get("FUNDGUARD_LOOK", "")


def look(page: Page, name: str) -> None:
    """Keep a picture when somebody wants to look."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


def reported(page: Page) -> tuple[str, str]:
    """File a report as somebody without a name does; register number and code."""
    page.goto("/report/")
    to_part(page, "target")
    fill(page, {"target_name": "同德堂药房"})
    to_part(page, "story")
    fill(page, {"story": STORY})
    to_part(page, "send")
    agrees(page)
    sends(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("已收到")
    code = re.sub(r"\s", "", page.locator(".fg-receipt").inner_text())
    words = page.locator("main").inner_text()
    number = re.search(r"[^\s，。]+举[^\s，。]*〔\d+〕\d+号|JB\S+", words)
    assert number
    fill(page, {"last": code[-6:]})
    page.locator("main form .btn-primary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("收到举报")
    return number.group(), code


def enters(page: Page, code: str) -> None:
    page.goto("/follow/")
    fill(page, {"code": code})
    page.locator("main form .btn-primary").click()


@pytest.fixture
def small(house, chromium):
    """The narrowest phone that people still have."""
    context = phone(chromium, house.url, viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def test_words_and_files_go_both_ways_and_a_request_is_answered(small, sign_in, house, chromium, tmp_path):
    number, code = reported(small)
    fill(small, {"text": "我还记得治疗师姓什么。"})
    small.get_by_role("button", name="发送留言").click()
    expect(small.get_by_text("我还记得治疗师姓什么。")).to_be_visible()
    look(small, "status-360-zh")

    intake = sign_in("intake")
    page = intake.takes("登记并核对管辖", number)
    page.goto("/tips/")
    row = page.get_by_role("row").filter(has_text=number)
    row.get_by_role("link", name=number).click()
    page.get_by_role("link", name="打开密封").or_(page.locator("a[href='?words=open']")).first.click()
    expect(page.get_by_text("我还记得治疗师姓什么。")).to_be_visible()
    letter = page.locator("form[action$='/message/']")
    letter.locator("textarea").fill("谢谢，请看附件中的说明。")
    letter.locator("input[type=file]").first.set_input_files(photo(tmp_path))
    letter.locator("button.btn-primary").click()
    ask = page.locator("form[action$='/request/']")
    ask.locator("textarea").fill(ASKED)
    ask.locator("input[type=date]").fill((civil_date(now()) + timedelta(days=7)).isoformat())
    ask.locator("button.btn").click()
    expect(page.get_by_text(ASKED)).to_be_visible()
    look(page, "tip-desk-zh")
    page.goto("/tips/")
    look(page, "register-desk-zh")

    small.reload()
    expect(small.get_by_text(ASKED)).to_be_visible()
    look(small, "asked-360-zh")
    with small.expect_download() as fetched:
        small.get_by_role("link", name="病房照片.jpg").click()
    assert Path(fetched.value.path()).read_bytes() == photo(tmp_path).read_bytes()
    small.get_by_role("link", name="现在补充").click()
    fill(small, {"text": "清单照片见附件。"})
    small.wait_for_timeout(600)
    small.reload()
    expect(small.locator("#id_text")).to_have_value("清单照片见附件。")
    look(small, "answer-360-zh")
    small.locator("input[type=file]").first.set_input_files(photo(tmp_path))
    small.get_by_role("button", name="提交答复").click()
    expect(small.get_by_text("您已答复")).to_be_visible()
    if PICTURES:
        the_pages_are_looked_at(house, chromium, code)


def the_pages_are_looked_at(house, chromium, code: str) -> None:
    """Pictures in both languages and two widths."""
    for name, make, options in (
        ("360", phone, {"viewport": {"width": 360, "height": 740}}),
        ("desk", desk, {}),
    ):
        for language in ("zh-CN", "en-US"):
            context = make(chromium, house.url, locale=language, **options)
            page = context.new_page()
            page.context.add_cookies(
                [
                    {
                        "name": "django_language",
                        "value": language[:2].replace("zh", "zh-hans"),
                        "url": house.url,
                    }
                ]
            )
            enters(page, code)
            for part in ("report/", "acknowledgement/", "rights/", "withdraw/"):
                page.goto(f"/follow/{part}")
                look(page, f"{part.strip('/')}-{name}-{language}")
            page.goto("/acknowledgement/")
            look(page, f"check-{name}-{language}")
            context.close()


def test_the_acknowledgement_is_fetched_and_checked_by_a_stranger(small, house, chromium):
    number, _code = reported(small)
    small.get_by_role("link", name="受理回执").click()
    with small.expect_download() as fetched:
        small.get_by_role("button", name="JSON").click()
    shown = Path(fetched.value.path()).read_text(encoding="utf-8")
    made = json.loads(shown)
    signature, key = bytes.fromhex(made["signature"]), bytes.fromhex(made["public_key"])
    assert is_signed(made["statement"].encode(), signature, key)
    stranger = desk(chromium, house.url).new_page()
    stranger.goto("/acknowledgement/")
    stranger.locator("textarea").fill(shown)
    stranger.get_by_role("button", name="核验", exact=True).click()
    expect(stranger.get_by_text("签名有效")).to_be_visible()
    expect(stranger.get_by_text(number).first).to_be_visible()
    look(stranger, "checked-desk-zh")
    stranger.context.close()


def test_after_leaving_the_back_button_shows_nothing(small):
    reported(small)
    small.get_by_text("您举报的内容").or_(small.locator("details.fg-more summary")).first.click()
    small.get_by_role("button", name="离开").click()
    expect(small.get_by_role("heading", level=1)).not_to_have_text("收到举报")

    small.go_back()

    expect(small.get_by_text(STORY)).to_have_count(0)
    small.goto("/follow/report/")
    expect(small.get_by_text(STORY)).to_have_count(0)


def test_two_reports_in_two_tabs_never_mix(house, chromium):
    context = phone(chromium, house.url)
    first = context.new_page()
    _number, _code = reported(first)
    second = context.new_page()
    reported(second)

    fill(first, {"text": "只属于第一件"})
    first.get_by_role("button", name="发送留言").click()

    expect(first.get_by_role("heading", level=1)).to_have_text("本浏览器已打开另一件举报")
    expect(first.get_by_text("只属于第一件")).to_be_visible()
    second.reload()
    expect(second.get_by_text("只属于第一件")).to_have_count(0)
    context.close()
