"""From two sessions at the same moment: nobody becomes both, whichever session is quicker.

A second case of the same matter is open, and its leader names `both` as a handler while `both` is at the review
of the first case. Real threads, real PostgreSQL: every duty is checked under the lock of the family.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.errors import OfficersRefused
from casework.models import Account, Case, Officer
from casework.services.appoint_handlers import appoint_handlers
from casework.services.open_case import PartyFacts, open_case
from enforcement.models import LegalReview
from tests.duties.matters import Matter
from tests.factories import casework as make
from workflows.door.commands import claim_item, command, matter_of
from workflows.errors import DutyConflict
from workflows.models import DutyRecord, WorkItem
from workflows.now import playing

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
BOTH_DUTIES = {"handle", "review"}


@dataclass
class Rivals:
    """The two open items of one family that exclude each other for `both`."""

    matter: Matter
    review: WorkItem
    appointment: WorkItem
    both: Account
    leader: Account
    officers: list[Officer]


@pytest.fixture
def rivals() -> Rivals:
    matter = Matter()
    review = matter.until("legal_review")
    second = linked_case(matter)
    return Rivals(
        matter,
        review,
        make.work(second, "appoint_handlers"),
        matter.person("both"),
        matter.person("leader_b"),
        list(Officer.objects.filter(account__username__in=["both", "handler_c"])),
    )


def linked_case(matter: Matter) -> Case:
    """A second case that came of the same tip: another run of the same family."""
    leader = matter.person("leader_b")
    party = PartyFacts("organisation", matter.tip.institution.name, matter.tip.institution)
    with matter_of(matter.tip.run, actor=leader, key=make.key(), now=matter.now) as act:
        return open_case(
            act,
            bureau=matter.bureau,
            cause="涉嫌串换药品案",
            origin="tip",
            summary="同一举报反映的另一事项。",
            discovered_on=date(2025, 3, 12),
            filed_by=leader,
            party=party,
        )


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; their results, or what they raised."""
    gate, results = threading.Barrier(len(acts)), [None] * len(acts)

    def play(index: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait()
            results[index] = act()
        except Exception as error:
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=play, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def duties_of(account: Account) -> set[str]:
    """What the account holds in the only family there is."""
    return set(DutyRecord.objects.filter(account=account).values_list("key", flat=True))


def appoint(rivals: Rivals) -> str:
    """The leader of the second case names `both`."""
    appoint_handlers(
        actor=rivals.leader,
        work_item=rivals.appointment,
        officers=rivals.officers,
        is_recusal_checked=True,
        key=make.key(),
        now=rivals.matter.now,
    )
    return "done"


def complete_review(rivals: Rivals) -> str:
    """`both` hands in the review of the first case."""
    with command(rivals.review, actor=rivals.both, key=make.key(), now=rivals.matter.now) as step:
        step.complete(opinion="agree")
    return "done"


@pytest.mark.parametrize("reviewer_first", [True, False])
def test_handling_in_one_run_while_reviewing_in_the_other_gives_one_of_the_two(
    rivals: Rivals, reviewer_first: bool
) -> None:
    acts = [lambda: complete_review(rivals), lambda: appoint(rivals)]

    results = at_once(*(acts if reviewer_first else acts[::-1]))

    assert results.count("done") == 1, results
    refusal = next(result for result in results if result != "done")
    assert isinstance(refusal, DutyConflict | OfficersRefused), refusal
    assert str(refusal)
    assert len(duties_of(rivals.both) & BOTH_DUTIES) == 1


def test_taking_the_review_while_being_appointed_leaves_no_way_to_hand_it_in(rivals: Rivals) -> None:
    claim = {"actor": rivals.both, "key": make.key(), "now": rivals.matter.now}

    at_once(lambda: claim_item(rivals.review, **claim), lambda: appoint(rivals))

    assert duties_of(rivals.both) == {"handle"}
    with pytest.raises(DutyConflict):
        complete_review(rivals)


def test_two_browsers_that_send_both_forms_at_once_write_one_of_them(rivals: Rivals) -> None:
    browsers = {name: Client(headers={"accept-language": "en"}) for name in ("both", "leader_b")}
    for name, browser in browsers.items():
        browser.force_login(rivals.matter.person(name))
    officers = [officer.pk for officer in rivals.officers]
    appointment = {"officers": officers, "is_recusal_checked": "on", "key": make.key()}
    review = {**rivals.matter.entries("legal_review"), "key": make.key()}

    def send(name: str, item: WorkItem, entries: dict[str, Any]) -> int:
        return browsers[name].post(reverse("casework:task", args=[item.pk]), entries).status_code

    with playing(rivals.matter.now):
        answers = at_once(
            lambda: send("both", rivals.review, review),
            lambda: send("leader_b", rivals.appointment, appointment),
        )

    assert sorted(answers) in ([302, 403], [302, 422]), answers
    assert (
        LegalReview.objects.count() + rivals.appointment.run.work_items.filter(status="completed").count()
        == 1
    )
    assert len(duties_of(rivals.both) & BOTH_DUTIES) == 1


def test_one_person_in_two_sessions_takes_the_review_once(rivals: Rivals) -> None:
    results = at_once(*[lambda: complete_review(rivals)] * 3)

    assert results.count("done") == 1, results
    assert DutyRecord.objects.filter(account=rivals.both, key="review").count() == 1
