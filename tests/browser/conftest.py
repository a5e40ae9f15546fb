"""A standing house for the whole folder, one Chromium, and people with browser contexts of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.house import House, standing_house
from tests.browser.people import Person, phone, staff

FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium; one worker runs it all, because one house serves it."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with standing_house(tmp_path_factory.mktemp("house"), number=number) as standing:
        yield standing


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not installed; `make test-tools` installs it or says how.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def citizen(house: House, chromium: Browser) -> Iterator[Page]:
    """The page of a citizen with a phone."""
    context = phone(chromium, house.url)
    yield context.new_page()
    context.close()


# Once for all tests: a code of the second factor can be used once, and there are only five at a time.
@pytest.fixture(scope="package")
def sign_in(house: House, chromium: Browser) -> Iterator[Callable[[str], Person]]:
    """Lets a member of the staff sign in; asking again gives the same browser context."""
    people: dict[str, Person] = {}

    def find(username: str) -> Person:
        if username not in people:
            people[username] = staff(chromium, house.url, username)
        return people[username]

    yield find
    for person in people.values():
        person.page.context.close()
