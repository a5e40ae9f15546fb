"""Filing a report when things do not go smoothly: wrong entries, wrong files, no scripts, no mouse."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import files
from tests.browser.people import desk, fill, phone
from tests.browser.test_pages_for_everybody import findings, widest

STORY = "药店让我用医保卡买了洗衣液和大米，小票上写的却是药品。"


@pytest.fixture
def plain(house, chromium):
    """A phone whose browser runs no scripts."""
    context = phone(chromium, house.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def sends(page: Page) -> None:
    page.locator("[data-send]").click()


def to_the_last_part(page: Page) -> None:
    while page.locator("[data-way=next]:visible").count():
        goes_on(page)


def goes_on(page: Page) -> None:
    part = page.locator("[data-step]:visible").get_attribute("id")
    walks(page, "next")
    if part == "target" and page.locator("[name=target_name]").input_value():
        expect(page.locator("#questions")).to_be_visible()


def goes_back(page: Page) -> None:
    walks(page, "back")


def walks(page: Page, way: str) -> None:
    """Press the button and, without scripts, wait for the answer: until then no part at all may be on the screen."""
    button = page.locator(f"[data-way={way}]:visible")
    if not page.locator("html.no-js").count():
        button.click()
        return
    with page.expect_navigation():
        button.click()


def to_part(page: Page, part: str) -> None:
    """Walk on until that part is open."""
    while not page.locator(f"#{part}").is_visible():
        goes_on(page)


def agrees(page: Page) -> None:
    page.locator("[name=consent]").check()


def test_without_scripts_one_part_is_open_and_a_missing_entry_keeps_it_open(plain):
    plain.goto("/report/")
    assert plain.locator("[data-step]:visible").count() == 1
    to_part(plain, "target")
    fill(plain, {"target_place": "城关镇"})
    goes_on(plain)
    expect(plain.get_by_role("alert").first).to_contain_text("请写明举报的是谁。")
    expect(plain.locator("[name=target_place]")).to_have_value("城关镇")
    assert plain.locator("[name=target_name]").get_attribute("aria-invalid") == "true"


def test_without_scripts_what_was_typed_goes_back_and_forth(plain):
    plain.goto("/report/")
    to_part(plain, "target")
    fill(plain, {"target_name": "康泰药店"})
    to_part(plain, "story")
    fill(plain, {"story": STORY})
    to_part(plain, "reward")
    fill(plain, {"wants_reward": "no"})
    while not plain.locator("#who").is_visible():
        goes_back(plain)
    to_part(plain, "story")
    expect(plain.locator("[name=story]")).to_have_value(STORY)
    to_part(plain, "reward")
    expect(plain.locator("[name=wants_reward][value=no]")).to_be_checked()
    to_part(plain, "send")
    sends(plain)
    expect(plain.get_by_role("alert").first).to_contain_text("勾选同意")
    assert plain.locator("#send").is_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_every_part_fits_a_narrow_phone_and_has_no_barrier(house, chromium, scripts):
    """axe needs scripts of its own: without those of the page it is only looked at for width."""
    narrow = {"width": 360, "height": 740}
    context = phone(chromium, house.url, viewport=narrow, java_script_enabled=scripts)
    page = context.new_page()
    page.goto("/report/")
    fill(page, {"is_real_name": "yes", "name": "周", "telephone": "13900001234"})
    seen = []
    while True:
        part = page.locator("[data-step]:visible")
        seen.append(part.get_attribute("id"))
        if scripts:
            assert not widest(page)
            assert not findings(page)
        if seen[-1] == "target":
            fill(page, {"target_name": "康泰药店"})
        if seen[-1] == "story":
            fill(page, {"story": STORY})
        if not page.locator("[data-way=next]:visible").count():
            break
        goes_on(page)
    context.close()
    assert seen == ["who", "target", "questions", "story", "details", "reward", "send"]


def test_the_questions_follow_the_target_and_what_was_answered_comes_back_with_the_draft(citizen):
    citizen.goto("/report/")
    goes_on(citizen)
    fill(citizen, {"target_kind": "pharmacy", "target_name": "益民大药房"})
    goes_on(citizen)
    fill(citizen, {"q_bought": "洗衣液"})
    citizen.wait_for_timeout(1_000)
    citizen.reload()
    goes_on(citizen)
    goes_on(citizen)
    expect(citizen.locator("[name=q_bought]")).to_have_value("洗衣液")
    goes_back(citizen)
    fill(citizen, {"target_kind": "employer"})
    citizen.locator("[data-way=next]:visible").click()
    expect(citizen.locator("#story")).to_be_visible()


def test_without_scripts_a_report_is_filed_and_looked_up(plain):
    plain.goto("/report/")
    to_part(plain, "target")
    fill(plain, {"target_name": "同德堂药房"})
    plain.get_by_role("button", name="查找").or_(plain.locator("button[name=find]")).first.click()
    plain.get_by_role("radio", name="同德堂药房城关店").check()
    to_part(plain, "story")
    fill(plain, {"story": STORY})
    to_part(plain, "send")
    agrees(plain)
    sends(plain)
    code = re.sub(r"\s", "", plain.locator(".fg-receipt").inner_text())
    plain.goto("/follow/")
    fill(plain, {"code": code})
    plain.locator("main form .btn-primary").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("收到举报")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (files.empty_file, "是空文件"),
        (files.wrong_file, "的类型不受理"),
        (files.broken_photo, "已损坏或不完整"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_nothing_typed_is_lost(plain, tmp_path, make, sentence):
    plain.goto("/report/")
    to_part(plain, "target")
    fill(plain, {"target_name": "康泰药店"})
    to_part(plain, "story")
    fill(plain, {"story": STORY})
    to_part(plain, "send")
    agrees(plain)
    bad = make(tmp_path)
    plain.locator("input[type=file]").set_input_files([files.photo(tmp_path), bad])
    sends(plain)
    expect(plain.locator("#id_files_error")).to_contain_text(f"“{bad.name}”{sentence}")
    expect(plain.locator("[name=story]")).to_have_value(STORY)


def test_with_scripts_the_part_with_the_mistake_opens(citizen):
    citizen.goto("/report/")
    citizen.locator("[data-way=next]:visible").click()
    fill(citizen, {"target_name": "惠民平价药房"})
    citizen.locator("[data-way=next]:visible").click()
    expect(citizen.locator("#questions")).to_be_visible()
    citizen.locator("[data-way=next]:visible").click()
    fill(citizen, {"story": "太短"})
    to_the_last_part(citizen)
    agrees(citizen)
    sends(citizen)
    expect(citizen.get_by_role("alert").first).to_contain_text("至少 10 个字")
    expect(citizen.locator("[name=story]")).to_be_visible()
    expect(citizen.locator("[name=story]")).to_have_value("太短")


def test_a_wrong_code_is_answered_without_saying_whether_it_exists(citizen):
    citizen.goto("/follow/")
    fill(citizen, {"code": "0000-0000-0000-0000-0000-00"})
    citizen.locator("main form .btn-primary").click()
    expect(citizen.locator("#id_code_error")).to_be_visible()


def test_the_draft_comes_back_after_a_reload_and_goes_after_sending(citizen):
    citizen.goto("/report/")
    citizen.locator("[data-way=next]:visible").click()
    citizen.locator("#id_target_name").press_sequentially("益民大药房")
    citizen.wait_for_timeout(1_000)
    citizen.reload()
    citizen.locator("[data-way=next]:visible").click()
    expect(citizen.locator("#id_target_name")).to_have_value("益民大药房")


def test_a_report_is_filed_by_keyboard_alone(house, chromium):
    context = desk(chromium, house.url)
    page = context.new_page()
    page.goto("/report/")
    press_until(page, "[data-way=next]")
    page.keyboard.press("Enter")
    press_until(page, "#id_target_name")
    page.keyboard.type("仁心堂药店")
    press_until(page, "[data-way=next]")
    page.keyboard.press("Enter")
    expect(page.locator("#questions")).to_be_visible()
    press_until(page, "#questions [data-way=next]")
    page.keyboard.press("Enter")
    press_until(page, "#id_story")
    page.keyboard.type(STORY)
    press_until(page, "[data-way=next]")
    page.keyboard.press("Enter")
    press_until(page, "[data-way=next]")
    page.keyboard.press("Enter")
    press_until(page, "[data-way=next]")
    page.keyboard.press("Enter")
    press_until(page, "[name=consent]")
    page.keyboard.press("Space")
    press_until(page, "[data-send]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("已收到")
    context.close()


def press_until(page: Page, wanted: str) -> None:
    """Tab on until the focus is there; every stop on the way must be visible."""
    for _ in range(60):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "wanted => [document.activeElement.matches(wanted), document.activeElement.checkVisibility()]",
            wanted,
        )
        assert place[1], page.evaluate("document.activeElement.outerHTML")
        if place[0]:
            return
    raise AssertionError(f"The keyboard does not reach {wanted}.")
