"""Large files in the browser: sent in parts while the form is filled in, still there after a reload."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

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
