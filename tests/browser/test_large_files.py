"""Large files in the browser: sent in parts while the form is filled in, still there after a reload."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import fill
from tests.tips.files import made

pytestmark = pytest.mark.browser


def test_a_film_arrives_in_parts_and_is_still_there_after_a_reload(citizen: Page, tmp_path: Path) -> None:
    film = tmp_path / "监控.mp4"
    film.write_bytes(made.film(frames=b"F" * 40_000))
    citizen.goto("/report/")
    citizen.evaluate("document.querySelectorAll('[data-step]').forEach((part) => { part.hidden = false; })")

    citizen.locator("input[type=file]").first.set_input_files(film)
    row = citizen.locator("[data-uploads] li")
    expect(row).to_contain_text("已上传", timeout=30_000)
    citizen.screenshot(path=str(tmp_path / "sent.png"))
    citizen.reload()
    citizen.evaluate("document.querySelectorAll('[data-step]').forEach((part) => { part.hidden = false; })")

    expect(citizen.locator("[data-uploads] li")).to_contain_text("监控.mp4")
    expect(citizen.locator("[data-uploads] li")).to_contain_text("此前已上传")


def test_a_wrong_kind_is_told_beside_the_file(citizen: Page, tmp_path: Path) -> None:
    program = tmp_path / "照片.jpg"
    program.write_bytes(b"MZ" + bytes(400))
    citizen.goto("/report/")
    citizen.evaluate("document.querySelectorAll('[data-step]').forEach((part) => { part.hidden = false; })")

    citizen.locator("input[type=file]").first.set_input_files(program)

    expect(citizen.locator("[data-uploads] li")).to_contain_text("照片.jpg”的类型不受理")


def test_who_deletes_the_draft_leaves_neither_words_nor_files_to_the_next_person(
    citizen: Page, tmp_path: Path
) -> None:
    film = tmp_path / "监控.mp4"
    film.write_bytes(made.film(frames=b"F" * 40_000))
    every_part = "document.querySelectorAll('[data-step]').forEach((part) => { part.hidden = false; })"
    citizen.goto("/report/")
    first_basket = citizen.locator("[data-basket]").input_value()
    citizen.evaluate(every_part)
    citizen.locator("[name=story]").press_sequentially("病房里没有人")
    citizen.locator("input[type=file]").first.set_input_files(film)
    expect(citizen.locator("[data-uploads] li")).to_contain_text("已上传", timeout=30_000)
    citizen.wait_for_timeout(1_000)

    with citizen.expect_navigation():
        citizen.locator("[data-draft-forget]").click()
    citizen.evaluate(every_part)
    citizen.locator("[name=target_place]").press_sequentially("城关")
    citizen.wait_for_timeout(1_000)
    citizen.reload()
    citizen.wait_for_load_state("networkidle")

    assert citizen.locator("[data-basket]").input_value() != first_basket
    assert citizen.locator("[data-uploads] li").count() == 0
    assert citizen.locator("[name=story]").input_value() == ""
    listed = citizen.locator("[data-tus]").get_attribute("data-tus") or ""
    answer = citizen.request.get(listed, headers={"X-Upload-Basket": first_basket})
    assert answer.json() == {"uploads": []}


def test_an_officer_takes_in_a_film_whose_transfer_broke(sign_in, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    film = tmp_path / "走访录像.mp4"
    film.write_bytes(made.film(frames=b"F" * 60_000))
    page = sign_in("intake").goes("/tips/take-in/")
    broken = [False]
    page.route("**/uploads/*/", lambda route: _part(route, broken))
    page.locator("input[type=file]").set_input_files(film)
    row = page.locator("[data-uploads] li")
    expect(row).to_contain_text("%")
    page.wait_for_timeout(2_000)
    assert broken[0], "the second part did not get through"
    row.get_by_role("button", name="暂停").click()
    fill(
        page,
        {
            "channel": "visit",
            "is_real_name": "no",
            "target_name": "云河县中医院",
            "story": "来访人当面播放了病房走廊的录像。",
        },
    )
    fill(page, {"wants_reward": "no", "consent": True, "is_read_back": True})
    send = page.locator("main form.fg-report > .fg-acts .btn-primary")

    send.click()
    expect(page.get_by_text("有 1 个文件尚未传完")).not_to_have_count(0)
    expect(row).to_contain_text("已中断。请重新选择同一文件继续上传。")
    page.unroute("**/uploads/*/")
    page.locator("input[type=file]").set_input_files(film)
    expect(row).to_contain_text("已上传", timeout=30_000)
    page.screenshot(path=str(tmp_path / "sent.png"), full_page=True)
    send.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("请当场交付查询凭证")


def _part(route: Route, broken: list[bool]) -> None:
    """The first part gets through, then the line breaks."""
    request = route.request
    if request.method == "PATCH" and request.headers.get("upload-offset") != "0":
        broken[0] = True
        route.abort("connectionreset")
    else:
        route.continue_()
