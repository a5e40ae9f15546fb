"""A reward that does not go straight: nobody claims in time."""

from playwright.sync_api import Page, expect

from tests.browser.people import fill, reloads_until


def looks_up(page: Page, code: str) -> None:
    page.goto("/follow/")
    fill(page, {"code": code})
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/follow/report/")


def test_a_reward_that_nobody_claims_for_two_months_counts_as_given_up(citizen: Page, house):
    looks_up(citizen, house.codes["lapsed"])

    reloads_until(citizen, citizen.get_by_text("奖励在两个月内未申领，视为放弃。"))
    expect(citizen.get_by_role("link", name="申领奖励")).to_have_count(0)
    citizen.goto("/follow/claim/")
    expect(citizen.locator("[name=account]")).to_have_count(0)
