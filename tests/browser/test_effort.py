"""What keeps robots out, as citizens meet it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import fill
from tests.browser.test_filing_a_report import STORY, agrees, sends, to_part
from tips.effort import limits
from tips.receipts import receipt_code

pytestmark = pytest.mark.browser


def test_a_report_carries_the_calculation_of_the_browser(citizen: Page) -> None:
    citizen.goto("/report/")
    to_part(citizen, "target")
    fill(citizen, {"target_name": "同德堂药房"})
    to_part(citizen, "story")
    fill(citizen, {"story": STORY})
    to_part(citizen, "send")
    agrees(citizen)
    expect(citizen.get_by_text("可以提交了")).to_be_visible()

    with citizen.expect_request(
        lambda request: request.method == "POST" and "/report/" in request.url
    ) as sent:
        sends(citizen)

    assert re.search(rb'name="effort"\r\n\r\n[A-Za-z0-9+/=]{200,}', sent.value.post_data_buffer or b"")


def test_while_codes_are_guessed_a_right_one_opens_after_a_calculation(citizen: Page) -> None:
    citizen.goto("/follow/")
    wrong = receipt_code.grouped(receipt_code.from_seed(b"w" * 32))
    for _ in range(limits.WRONG_BY_PREFIX.rungs[0]):
        citizen.fill("#id_code", wrong)
        citizen.locator("main form .btn-primary").click()

    citizen.fill("#id_code", wrong)
    citizen.locator("main form .btn-primary").click()
    expect(citizen.locator("[data-effort-word]")).to_be_visible()
    with citizen.expect_navigation() as answer:
        citizen.locator("main form .btn-primary").click()

    assert answer.value is not None
    assert answer.value.status == 404
