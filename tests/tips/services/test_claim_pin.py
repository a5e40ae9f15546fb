"""The PIN of an anonymous claim: only its hash is kept, wrong ones cost more, a lost one does not cost the reward."""

from typing import Any

import pytest
from django.core.cache import caches

from casework.errors import NotFound
from casework.models import Account
from tests.factories.tips import a_filing, a_real_name_filing, a_tip
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice
from tests.tips.working import open_item
from tips.effort import limits
from tips.errors import RewardNotOpen
from tips.models import ClaimPin, PinWaiver, Reward
from tips.purging.erasing import destroy
from tips.rewards import pins
from tips.rewards.pin_errors import (
    NoPinHere,
    NoSuchClaim,
    OtherPerson,
    PinChosen,
    PinNeeded,
    WaivedAlready,
    WrongPin,
)
from tips.services.choose_pin import choose_pin
from tips.services.claim_reward import claim_reward, give_up_reward
from tips.services.waive_pin import Person, waive_pin
from tips.words import Payee
from workflows.errors import DutyConflict
from workflows.models import DutyRecord, JournalEntry

pytestmark = pytest.mark.usefixtures("models")
PIN, OTHER_PIN = "408261", "590417"
PERSON = Person(PAYEE["name"], PAYEE["identity_number"])


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    caches["short_lived"].clear()


def anonymous(people: dict[str, Account], pin: str = PIN) -> Reward:
    """A notified reward of an anonymous tip."""
    reward = opened(a_paid_case(people, a_filing(wants_reward=True, pin=pin)).tip)
    assert reward is not None
    to_notice(people, reward)
    return Reward.objects.select_related("tip", "run").get(pk=reward.pk)


def claim(reward: Reward, pin: str = "", key: str = "k", **payee: str) -> Reward:
    return claim_reward(reward, Payee(**{**PAYEE, **payee}), pin=pin, key=key, now=DECIDED)


def waive(
    people: dict[str, Account], reward: Reward, who: str = "identity_officer", **more: Any
) -> PinWaiver:
    facts: dict[str, Any] = {
        "actor": people[who], "claim_number": reward.claim_number, "person": PERSON, "reasons": "出示身份证原件",
        "key": f"w{who}{PinWaiver.objects.count()}", "now": DECIDED,
    }  # fmt: skip
    return waive_pin(**{**facts, **more})


def test_only_an_argon2id_hash_bound_to_the_tip_is_kept() -> None:
    first, second = (a_tip(a_filing(wants_reward=True, pin=PIN)).tip for _ in range(2))
    one, other = ClaimPin.objects.get(tip=first), ClaimPin.objects.get(tip=second)

    assert one.digest.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert PIN not in one.digest
    assert pins.is_right(first, one, f" {PIN[:3]} {PIN[3:]}")
    assert not pins.is_right(second, one, PIN), "a hash moved to another tip opens nothing"
    assert one.digest != other.digest


def test_another_pepper_opens_nothing_and_an_earlier_one_is_renewed(settings: Any) -> None:
    tip = a_tip(a_filing(wants_reward=True, pin=PIN)).tip
    earlier, settings.RECEIPT_PEPPER = settings.RECEIPT_PEPPER, b"n" * 32
    assert not pins.is_right(tip, ClaimPin.objects.get(), PIN)

    settings.RECEIPT_EARLIER_PEPPERS = (earlier,)
    assert pins.is_right(tip, ClaimPin.objects.get(), PIN)
    settings.RECEIPT_EARLIER_PEPPERS = ()
    assert pins.is_right(tip, ClaimPin.objects.get(), PIN)


@pytest.mark.parametrize(
    "filing",
    [a_real_name_filing, lambda **more: a_filing(wants_reward=False, **more)],
    ids=["named", "no wish"],
)
def test_a_pin_is_kept_for_anonymous_wishes_alone(filing: Any) -> None:
    tip = a_tip(filing(pin=PIN)).tip

    assert not ClaimPin.objects.exists()
    with pytest.raises(NoPinHere):
        choose_pin(tip, PIN, key="p", now=DECIDED)


def test_an_anonymous_claim_needs_the_pin(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    for wrong in ("", OTHER_PIN):
        with pytest.raises(WrongPin):
            claim(reward, wrong)
    reward.refresh_from_db()
    assert (reward.claimed_at, reward.sealed_payee) == (None, None)
    assert ClaimPin.objects.get().wrong_count == 2

    claim(reward, PIN)

    assert open_item(reward.run, "confirm_identity")
    assert PIN not in str(list(JournalEntry.objects.values_list("details", flat=True)))


def test_without_a_pin_one_is_chosen_first_and_then_needed(people: dict[str, Account]) -> None:
    reward = anonymous(people, pin="")
    with pytest.raises(PinNeeded):
        claim(reward, PIN)

    choose_pin(reward.tip, PIN, key="p", now=DECIDED)
    with pytest.raises(PinChosen):
        choose_pin(reward.tip, OTHER_PIN, key="p2", now=DECIDED)
    with pytest.raises(WrongPin):
        choose_pin(reward.tip, OTHER_PIN, current=OTHER_PIN, key="p3", now=DECIDED)
    choose_pin(reward.tip, OTHER_PIN, current=PIN, key="p4", now=DECIDED)

    with pytest.raises(WrongPin):
        claim(reward, PIN)
    claim(reward, OTHER_PIN)


def test_whoever_finds_the_receipt_cannot_give_the_reward_up(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    with pytest.raises(WrongPin):
        give_up_reward(reward, pin=OTHER_PIN, key="g", now=DECIDED)

    give_up_reward(reward, pin=PIN, key="g", now=DECIDED)
    reward.refresh_from_db()
    assert reward.given_up_at == DECIDED


def test_wrong_pins_make_the_next_one_dearer_for_this_report_alone(people: dict[str, Account]) -> None:
    reward, neighbour = anonymous(people), anonymous(people)
    for _ in range(limits.WRONG_PIN.rungs[0]):
        with pytest.raises(WrongPin):
            claim(reward, OTHER_PIN)

    assert limits.pin_effort(pins.try_mark(reward.tip)) == 1
    assert limits.pin_effort(pins.try_mark(neighbour.tip)) == 0


def test_a_person_who_proved_who_they_are_claims_once_without_the_pin(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    waiver = waive(people, reward)
    with pytest.raises(WaivedAlready):
        waive(people, reward)
    for other in ({"name": "李某某"}, {"identity_number": "110101199001011237"}):
        with pytest.raises(OtherPerson):
            claim(reward, **other)

    claim(reward)

    waiver.refresh_from_db()
    assert waiver.used_at == DECIDED
    entry = JournalEntry.objects.get(act="claim_pin_waived")
    assert (entry.actor, entry.details["reasons"]) == (people["identity_officer"], "出示身份证原件")
    assert PERSON.name.encode() not in bytes(waiver.sealed_person)
    assert PERSON.name not in str(entry.details)
    with pytest.raises((RewardNotOpen, WrongPin)):
        claim(reward, key="k2")


def test_a_waiver_does_not_keep_the_pin_from_working(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    waiver = waive(people, reward)

    claim(reward, PIN)

    waiver.refresh_from_db()
    assert waiver.used_at is None


def test_only_the_officer_outside_the_case_waives_a_pin(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    for who in ("leader", "handler", "finance"):
        with pytest.raises(NotFound):
            waive(people, reward, who)
    with pytest.raises(NoSuchClaim):
        waive(people, reward, claim_number="JL-0")
    DutyRecord.objects.create(
        account=people["identity_officer"], family_id=reward.run.family_id, run=reward.run, key="verify",
        excludes=[], element_id="verify_lead", at=DECIDED,
    )  # fmt: skip
    with pytest.raises(DutyConflict):
        waive(people, reward)


def test_a_named_report_has_no_waiver(people: dict[str, Account]) -> None:
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    to_notice(people, reward)

    with pytest.raises(NoSuchClaim):
        waive(people, reward)


def test_a_purge_takes_the_hash_and_the_person_along(people: dict[str, Account]) -> None:
    reward = anonymous(people)
    waiver = waive(people, reward)

    destroy(reward.tip, now=DECIDED)

    assert not ClaimPin.objects.exists()
    waiver.refresh_from_db()
    assert (bytes(waiver.sealed_person), waiver.reasons, waiver.used_at) == (b"", "", DECIDED)
