"""What a report costs while few or many come in."""

from datetime import timedelta

import pytest
from django.core.cache import caches

from tests.factories import casework as make
from tests.tips.effort.solving import solved
from tips.effort import admit_filing, filing_task, limits
from tips.errors import Crowded, WaitFirst
from tips.sealing import filing_keys
from workflows.errors import Invalid
from workflows.now import now


@pytest.fixture(autouse=True)
def quiet(settings) -> None:  # type: ignore[no-untyped-def]
    settings.PROOF_COST = 2
    caches["short_lived"].clear()


def flood(ladder: limits.Ladder, count: int) -> None:
    caches["short_lived"].set(f"limit:{ladder.name}:all", count, ladder.seconds)


def test_in_quiet_times_a_report_without_scripts_is_let_in_at_once() -> None:
    admit_filing(filing_keys.new_filing_key(), "", now=now())


def test_while_many_come_without_scripts_their_senders_wait_and_others_do_not() -> None:
    key = filing_keys.new_filing_key()
    flood(limits.FILED_AFTER_WAITING, limits.FILED_AFTER_WAITING.rungs[0])

    with pytest.raises(WaitFirst) as refusal:
        admit_filing(key, "", now=now())
    admit_filing(key, solved(filing_task(key)), now=now())
    admit_filing(key, "", now=now() + timedelta(seconds=refusal.value.fields["seconds"]))


def test_the_proof_of_another_form_does_not_help() -> None:
    key, other = filing_keys.new_filing_key(), filing_keys.new_filing_key()
    flood(limits.FILED_AFTER_WAITING, limits.FILED_AFTER_WAITING.rungs[-1])

    with pytest.raises(WaitFirst):
        admit_filing(key, solved(filing_task(other)), now=now())


def test_a_flood_makes_the_next_task_harder() -> None:
    key = filing_keys.new_filing_key()
    efforts = []
    for rung in (0, *limits.FILED.rungs):
        flood(limits.FILED, rung)
        efforts.append(filing_task(key)["parameters"]["data"]["effort"])

    assert efforts == [0, 1, 2, 3, 4]


def test_the_house_has_an_end_and_says_so() -> None:
    flood(limits.FILED, limits.MOST_FILED)
    key = filing_keys.new_filing_key()

    with pytest.raises(Crowded):
        admit_filing(key, solved(filing_task(key)), now=now())


def test_only_what_was_taken_in_makes_the_house_fuller(client, models) -> None:
    make.bureau()
    key = filing_keys.new_filing_key()
    entries = {
        "key": key,
        "effort": solved(filing_task(key)),
        "target_name": "康泰药店",
        "story": "药店让我用医保卡买了洗衣液和大米，小票上写的却是药品。",
        "consent": "on",
    }
    assert client.post("/report/", {**entries, "story": "短"}).status_code == 422
    for _ in range(3):
        assert client.post("/report/", entries).status_code == 200

    assert caches["short_lived"].get(f"limit:{limits.FILED.name}:all") == 1


def test_a_form_that_was_not_made_here_gets_no_task() -> None:
    with pytest.raises(Invalid):
        filing_task("made-up")


def test_a_form_cannot_be_made_older_than_it_is() -> None:
    key = filing_keys.new_filing_key()
    moment, rest = key.split(".", 1)

    with pytest.raises(Invalid):
        filing_keys.made_at(f"{int(moment) - 900}.{rest}")
