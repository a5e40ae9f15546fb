"""Address × person, generated from the routes: default deny, and outsiders get 404 whatever the way in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from casework.models import Account, Bureau
from casework.permissions import Role
from tests.architecture.routes import ROUTES, Door, Rule
from tests.architecture.walled import everything
from tests.factories import casework as make
from tips.models import (
    Reward,
)
from tips.register.listing import READS_REGISTER
from workflows.now import playing

FOREIGN = ("admin:", "account_", "mfa_", "usersessions_", "prometheus", "socialaccount_", "set_language")
CASE_TABS = ("facts", "timeline", "clocks", "process", "findings", "evidence", "documents", "people", "money")


@dataclass(frozen=True)
class Outsider:
    """An official who took no part in the matter."""

    label: str
    account: Account
    roles: frozenset[str]
    """Roles held in the bureau of the matter."""


@contextmanager
def undone() -> Iterator[None]:
    """Take back what is written inside; the commands may nest their durable transactions in it."""
    block = transaction.atomic()
    block._from_testcase = True
    with block:
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(db: None) -> Iterator[SimpleNamespace]:
    """One object of every kind; the moment stands still."""
    played = everything()
    played.outsiders = outsiders(played.matter.bureau)
    with playing(played.matter.now):
        yield played


def outsiders(here: Bureau) -> list[Outsider]:
    """One official of every role, and everything at once in other bureaus and in none."""
    every = [role.value for role in Role]
    named = [Outsider(role, make.account(here, role), frozenset({role})) for role in every]
    elsewhere = [
        Outsider("all roles of the superior", make.account(here.superior, *every), frozenset()),
        Outsider(
            "all roles of a neighbour", make.account(make.bureau(superior=here.superior), *every), frozenset()
        ),
        Outsider("no role", make.account(here), frozenset()),
        Outsider("no bureau", make.account(None), frozenset()),
    ]
    return named + elsewhere


def browser(account: Account | None) -> Client:
    """A browser, signed in or not; CSRF is tested elsewhere."""
    client = Client(headers={"accept-language": "en"}, raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client


def ask(client: Client, name: str, rule: Rule, world: Any, query: str = "", **headers: str) -> HttpResponse:
    """Send the request of a rule; what it wrote is taken back."""
    address = reverse(name, args=rule.args(world)) + query
    with undone():
        if rule.method == "get":
            answer = client.get(address, headers=headers)
        elif rule.method == "delete":
            answer = client.delete(address, headers=headers)
        else:
            kind = {"content_type": "application/json"} if rule.method == "json" else {}
            answer = client.post(address, rule.data, headers=headers, **kind)
    return answer


def traces(world: SimpleNamespace) -> list[str]:
    """Words by which a page would show that it knows of the matter."""
    matter = world.matter
    numbers = [matter.case.number, matter.tip.number, Reward.objects.get().claim_number]
    return [*numbers, str(world.item), matter.case.summary]


def named_routes(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its name; one without a name appears by its pattern."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from named_routes(entry, inner)
        else:
            yield f"{space}{entry.name or entry.pattern}", entry


def our_routes() -> dict[str, URLPattern]:
    """Routes that no library brings."""
    found = named_routes(get_resolver())
    return {name: entry for name, entry in found if not name.startswith(FOREIGN)}


def test_every_route_of_ours_is_in_the_table_and_nothing_else() -> None:
    assert set(our_routes()) == set(ROUTES)


def test_every_protected_view_declares_its_rule() -> None:
    protected = {Door.STAFF, Door.ROLE, Door.GRANT}
    bare = [
        name
        for name, entry in our_routes().items()
        if ROUTES[name].door in protected and not getattr(entry.callback, "access_rule", "")
    ]
    assert not bare


def strangers_are_sent_to_the_sign_in_page(world: SimpleNamespace) -> None:
    wrong = []
    for name, rule in ROUTES.items():
        if rule.door in (Door.STAFF, Door.ROLE, Door.GRANT):
            answer = ask(browser(None), name, rule, world)
            if answer.status_code != 302 or not answer["Location"].startswith(reverse("account_login")):
                wrong.append((name, answer.status_code))
    assert not wrong


def strangers_may_open_what_is_public(world: SimpleNamespace) -> None:
    answers = {
        name: ask(browser(None), name, rule, world).status_code
        for name, rule in ROUTES.items()
        if rule.door is Door.PUBLIC
    }
    assert not {name: status for name, status in answers.items() if status >= 400}


def an_upload_is_nobody_elses(world: SimpleNamespace) -> None:
    signed_in = [browser(world.matter.person(name)) for name in ("intake", "leader", "chief")]
    answers = {
        ask(client, name, rule, world).status_code
        for name, rule in ROUTES.items()
        if rule.door is Door.UPLOAD
        for client in [browser(None), *signed_in]
    }
    assert answers == {404}


def a_report_opens_with_its_code_alone(world: SimpleNamespace) -> None:
    signed_in = [browser(world.matter.person(name)) for name in ("intake", "leader", "chief")]
    wrong = [
        (name, answer.status_code)
        for name, rule in ROUTES.items()
        if rule.door is Door.RECEIPT
        for client in [browser(None), *signed_in]
        if (answer := ask(client, name, rule, world)).status_code != 302
        or answer["Location"] != reverse("tips:follow")
    ]
    assert not wrong


def officials_without_a_grant_get_404_at_every_object(world: SimpleNamespace) -> None:
    wrong = []
    for outsider in world.outsiders:
        client = browser(outsider.account)
        for name, rule in ROUTES.items():
            if rule.door is not Door.GRANT or outsider.roles & rule.roles:
                continue
            if "superior" in outsider.label and name == "casework:province_report":
                continue
            for query in rule.query:
                for headers in ways_of_asking(outsider):
                    status = ask(client, name, rule, world, query, **headers).status_code
                    if status != 404:
                        wrong.append((outsider.label, name, query, status))
    assert not wrong


def ways_of_asking(outsider: Outsider) -> list[dict[str, str]]:
    """As a page; one of the outsiders also asks as htmx and as a script."""
    others: list[dict[str, str]] = [{"HX-Request": "true"}, {"Accept": "application/json"}]
    return [{}, *(others if "neighbour" in outsider.label else [])]


def every_part_of_a_case_is_behind_the_same_wall(world: SimpleNamespace) -> None:
    client = browser(make.account(world.matter.bureau, Role.CASE_HANDLER, Role.LEADER, Role.LEGAL_REVIEWER))
    for tab in CASE_TABS:
        assert client.get(reverse("casework:case_part", args=[world.case, tab])).status_code == 404, tab


def the_people_of_a_matter_and_the_roles_that_see_all_get_in(world: SimpleNamespace) -> None:
    wrong = []
    for name, rule in ROUTES.items():
        people = [world.matter.person(rule.insider)] if rule.insider else []
        people += [make.account(world.matter.bureau, role) for role in rule.roles]
        for person in people:
            status = ask(browser(person), name, rule, world).status_code
            if status == 404:
                wrong.append((name, str(person), status))
    assert not wrong


def pages_of_a_role_are_closed_to_every_other_role(world: SimpleNamespace) -> None:
    elsewhere = {"all roles of the superior", "all roles of a neighbour"}
    wrong = []
    for outsider in world.outsiders:
        client = browser(outsider.account)
        for name, rule in ROUTES.items():
            if rule.door is not Door.ROLE:
                continue
            may = bool(outsider.roles & rule.roles) or (
                outsider.label in elsewhere and rule.roles != frozenset()
            )
            answer = ask(client, name, rule, world)
            # What is posted here may be refused for what it says; a page opens.
            opened = answer.status_code == 200 if rule.method == "get" else answer.status_code != 404
            if opened is not may or (not may and answer.status_code != 404):
                wrong.append((outsider.label, name, answer.status_code))
            if outsider.label in elsewhere and shown(answer, world):
                wrong.append((outsider.label, name, shown(answer, world)))
    assert not wrong


def lists_searches_and_counts_show_outsiders_nothing_of_the_matter(world: SimpleNamespace) -> None:
    wrong = []
    for outsider in world.outsiders:
        if outsider.roles & {Role.CHIEF, Role.AUDITOR}:
            continue
        client = browser(outsider.account)
        for name, rule in ROUTES.items():
            for query in rule.query if rule.door is Door.STAFF else ():
                for headers in ways_of_asking(outsider):
                    answer = ask(client, name, rule, world, query, **headers)
                    found = shown(answer, world) - allowed_traces(outsider, name, world)
                    if answer.status_code != 200 or found:
                        wrong.append((outsider.label, name, query, answer.status_code, found))
    assert not wrong


def shown(answer: HttpResponse, world: SimpleNamespace) -> set[str]:
    """The traces of the matter in an answer."""
    page = answer.content.decode(errors="replace")  # workbooks and papers are no text
    return {trace for trace in traces(world) if trace in page}


REGISTER = ("tips:tips", "tips:register_csv", "tips:register_xlsx", "tips:register_pdf")


def allowed_traces(outsider: Outsider, name: str, world: SimpleNamespace) -> set[str]:
    """What colleagues may find: offered work bears its matter's number, a report that came in its case's; who reads
    the register finds both there."""
    if outsider.label == "all roles of the superior" and name == "casework:province_reports":
        return {world.matter.case.number}
    if name in REGISTER and outsider.roles & READS_REGISTER:
        return {world.matter.case.number, world.matter.tip.number}
    offered = {
        Role.FINANCE: {Reward.objects.get().claim_number},
        Role.INTAKE_OFFICER: {world.matter.tip.number},
    }
    return offered.get(next(iter(outsider.roles), ""), set()) if name == "casework:my_work" else set()


def the_count_of_work_in_the_frame_is_the_count_of_the_list(world: SimpleNamespace) -> None:
    nobody = make.account(world.matter.bureau, Role.CASE_HANDLER)
    frame = browser(nobody).get(reverse("casework:my_work")).context
    assert (int(frame["my_work_count"]), int(frame["due_today"])) == (0, 0)
    handler = browser(world.matter.person("handler_a")).get(reverse("casework:my_work")).context
    assert int(handler["my_work_count"]) == len(handler["rows"]) > 0


# One world for all of them: it takes seconds to play and none to look at.
CHECKS = (
    strangers_are_sent_to_the_sign_in_page,
    strangers_may_open_what_is_public,
    a_report_opens_with_its_code_alone,
    an_upload_is_nobody_elses,
    officials_without_a_grant_get_404_at_every_object,
    every_part_of_a_case_is_behind_the_same_wall,
    the_people_of_a_matter_and_the_roles_that_see_all_get_in,
    pages_of_a_role_are_closed_to_every_other_role,
    lists_searches_and_counts_show_outsiders_nothing_of_the_matter,
    the_count_of_work_in_the_frame_is_the_count_of_the_list,
)


def test_every_address_keeps_its_wall(world: SimpleNamespace, subtests: pytest.Subtests) -> None:
    for check in CHECKS:
        with subtests.test(check.__name__):
            check(world)
