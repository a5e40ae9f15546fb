"""A claim at the bureau: for real-name tipsters alone, by somebody who neither confirms nor pays it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.errors import NotFound
from casework.models import Account
from tests.factories.tips import a_filing, a_person, a_real_name_filing
from tests.tips.joining import joint
from tests.tips.rewarding import DECIDED, PAYEE, a_paid_case, opened, to_notice, work
from tests.tips.working import do
from tips.errors import RewardNotOpen
from tips.models import BureauClaim, Reward
from tips.purging.erasing import destroy
from tips.rewards.pin_errors import NoNamedClaim, NotTheTipster, PayeesMissing
from tips.sealing import identity
from tips.services.record_claim import Claimant, record_claim
from tips.words import Identity, Payee
from workflows.background.relay import drain
from workflows.errors import DutyConflict
from workflows.models import DutyRecord, JournalEntry, LaneMember
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
People = dict[str, Account]
NUMBER, AGENT_NUMBER = "110101199001011237", PAYEE["identity_number"]
CAME = Claimant("in_person", "周举报", NUMBER, "出示身份证原件")
AGENT = Claimant("agent", "周举报", NUMBER, "授权书附双方证件", "吴代办", AGENT_NUMBER, date(2025, 5, 2))
CONFIRMED = {"identity": "confirmed"}


@pytest.fixture
def people(people: People) -> People:
    """Two officers outside the case."""
    return {**people, "identity_b": a_person("identity_b", "identity_officer")}


def waiting(people: People, filing: Any = None) -> Reward:
    reward = opened(a_paid_case(people, filing or a_real_name_filing()).tip)
    assert reward is not None
    to_notice(people, reward)
    return Reward.objects.select_related("run", "tip").get(pk=reward.pk)


def record(
    people: People, reward: Reward, claimant: Claimant = CAME, who: str = "identity_officer", **more: Any
) -> Any:
    facts = {"actor": people[who], "key": f"r{who}{BureauClaim.objects.count()}", "now": DECIDED, **more}
    payee = facts.pop("payee", Payee(**PAYEE))
    found = record_claim(reward, claimant, payee, **facts)
    drain(DECIDED)
    return found


def test_an_agent_s_claim_is_sealed_confirmed_by_another_and_paid(people: People) -> None:
    reward = waiting(people)
    claim = record(people, reward, AGENT)

    assert (claim.way, claim.authorised_on) == ("agent", date(2025, 5, 2))
    for told in ("周举报", "吴代办", NUMBER, AGENT_NUMBER, PAYEE["account"]):
        reward.refresh_from_db()
        assert told.encode() not in bytes(claim.sealed_person) + bytes(reward.sealed_payee or b"")
        assert told not in str(list(JournalEntry.objects.values_list("details", flat=True)))
    assert identity.known_person(claim)["agent_name"] == "吴代办"
    entry = JournalEntry.objects.get(act="claim_recorded")
    assert (entry.actor, entry.details["way"]) == (people["identity_officer"], "agent")

    with pytest.raises(DutyConflict):
        work(people, reward, "identity_officer", "confirm_identity", CONFIRMED)
    work(people, reward, "identity_b", "confirm_identity", CONFIRMED)
    work(people, reward, "finance", "order_payment", {})


def test_who_recorded_a_claim_pays_nothing_of_it(people: People) -> None:
    people["both"] = a_person("both", "identity_officer", "finance")
    reward = waiting(people)
    record(people, reward, who="both")
    work(people, reward, "identity_b", "confirm_identity", CONFIRMED)

    with pytest.raises(DutyConflict):
        work(people, reward, "both", "order_payment", {})
    work(people, reward, "finance", "order_payment", {})
    with pytest.raises(DutyConflict):
        work(people, reward, "both", "release_payment", {"release": "released"})
    held = DutyRecord.objects.get(key="record_claim")
    assert "pay" in held.excludes


@pytest.mark.parametrize("who", ["handler", "leader", "reward_officer"])
def test_who_touched_the_matter_learns_no_name(people: People, who: str) -> None:
    reward = waiting(people)
    with pytest.raises(NotFound):
        record(people, reward, who=who)
    LaneMember.objects.create(
        account=people[who],
        lane="identity_officer",
        unit_id=reward.bureau_id,
        starts_at=reward.tip.received_at,
    )
    with pytest.raises(DutyConflict):
        record(people, reward, who=who)
    assert not BureauClaim.objects.exists()


def test_a_name_under_which_nobody_reported_is_refused_and_noted(people: People) -> None:
    reward = waiting(people)
    with pytest.raises(NotTheTipster):
        record(people, reward, Claimant("in_person", "李某某", NUMBER, "出示身份证"))
    record(people, reward, Claimant("in_person", " 周 举报", NUMBER, "出示身份证"))

    refused = JournalEntry.objects.get(act="claim_recording_refused")
    assert refused.actor == people["identity_officer"]
    assert "李" not in str(refused.details)


def test_anonymous_and_claimed_ones_are_refused(people: People) -> None:
    anonymous = waiting(people, a_filing(wants_reward=True, pin="408261"))
    with pytest.raises(NoNamedClaim):
        record(people, anonymous)
    reward = waiting(people)
    record(people, reward)
    with pytest.raises(RewardNotOpen):
        record(people, reward, key="again")


def test_joint_names_need_a_payee_each(people: People) -> None:
    reward, _code = joint(people)
    claimant = Claimant("letter", "同名1", NUMBER, "来信附证件复印件")
    with pytest.raises(PayeesMissing):
        record(people, reward, claimant, key="one")
    payees = {number: Payee(**PAYEE) for number in (1, 2, 3)}
    record(people, reward, claimant, key="all", payee=payees)

    assert BureauClaim.objects.get().way == "letter"


def test_a_claim_at_the_bureau_needs_no_notice_first(people: People) -> None:
    filing = a_real_name_filing(identity=Identity(name="周举报", address="云河市柳荫街7号"))
    reward = waiting(people, filing)
    record(people, reward)

    do(people["identity_b"], reward.leading_run, "confirm_identity", CONFIRMED, DECIDED)


def test_nothing_of_it_is_left_after_a_purge(people: People) -> None:
    reward = waiting(people)
    record(people, reward, AGENT)
    destroy(reward.tip, now=DECIDED)

    left = BureauClaim.objects.get()
    assert (bytes(left.sealed_person), left.reasons) == (b"", "")


def test_the_page_takes_the_claim_and_keeps_what_was_typed(people: People) -> None:
    reward = waiting(people)
    client = Client(headers={"accept-language": "en"})
    client.force_login(people["identity_officer"])
    who = {
        "way": "agent", "person_name": "周举报", "person_identity_number": NUMBER, "agent_name": "吴代办",
        "agent_identity_number": AGENT_NUMBER, "authorised_on": "2025-05-02", "reasons": "授权书", "key": "k",
    }  # fmt: skip
    with playing(DECIDED):
        unknown = client.post(reverse("tips:bureau_claims"), {"claim_number": "JL-0"})
        found = client.post(reverse("tips:bureau_claims"), {"claim_number": reward.claim_number})
        address = found.headers["Location"]
        bare = client.post(address, {**who, **PAYEE, "agent_name": ""})
        same = client.post(address, {**who, **PAYEE, "agent_identity_number": NUMBER})
        other = client.post(address, {**who, **PAYEE, "person_name": "李某某"})
        done = client.post(address, {**who, **PAYEE}, follow=True)
        late = client.get(address)

    assert "Needed for an agent." in bare.content.decode()
    assert [one.status_code for one in (unknown, bare, same, other)] == [422] * 4
    assert PAYEE["account"] in other.content.decode()
    assert "周举报" not in done.content.decode() and "The claim is recorded" in done.content.decode()
    assert late.status_code == 302
