"""Reward schemes in the database: seeded, drafted, approved by another person, dated, never altered."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, transaction

from casework.errors import NotFound
from casework.models import Account, Bureau
from casework.rules.money import Money
from tests.factories.tips import RECEIVED, a_bureau, a_person
from tests.tips.rules.test_scheme_check import GOOD
from tips.errors import NotYourDraft
from tips.models import RewardScheme, RewardSchemeVersion, SchemeProposal
from tips.rules.reward import quote
from tips.rules.scheme_file import load_schemes
from tips.schemes.in_force import scheme_key_for, scheme_named, store_missing, stored_schemes
from tips.services.decide_scheme import decide_scheme, withdraw_version
from tips.services.propose_scheme import (
    discard,
    draft_version,
    hand_in,
    open_scheme,
    propose_assignment,
    save_draft,
)
from workflows.errors import AlreadyDecided, Invalid, ReasonMissing, SecondPersonNeeded
from workflows.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)
NOW = RECEIVED
SOON = date(2025, 7, 1)


def key() -> str:
    return str(uuid4())


def data(**changes: Any) -> dict[str, Any]:
    return {**GOOD, "in_force_from": SOON.isoformat(), **changes}


@pytest.fixture
def bureau() -> Bureau:
    return a_bureau()


@pytest.fixture
def officer(bureau: Bureau) -> Account:
    return a_person("reward_officer", "reward_officer")


@pytest.fixture
def leader(bureau: Bureau) -> Account:
    return a_person("leader", "leader")


@pytest.fixture
def scheme(bureau: Bureau, officer: Account) -> RewardScheme:
    return open_scheme(
        actor=officer, bureau=bureau, key="yunhe", title="Yunhe", title_zh="云河", once=key(), now=NOW
    )


def drafted(scheme: RewardScheme, officer: Account, **changes: Any) -> SchemeProposal:
    facts = {"actor": officer, "bureau": officer.bureau, "scheme": scheme, "once": key(), "now": NOW}
    return draft_version(data=data(**changes), **facts)


def handed_in(scheme: RewardScheme, officer: Account, **changes: Any) -> SchemeProposal:
    return hand_in(drafted(scheme, officer, **changes), actor=officer, once=key(), now=NOW)


def decided(proposal: SchemeProposal, by: Account, decision: str = "approve", **facts: Any) -> SchemeProposal:
    values = {"answer": "", "seen": proposal.handed_in_at.isoformat(), "once": key(), "now": NOW, **facts}
    return decide_scheme(proposal, actor=by, decision=decision, **values)


def test_the_database_begins_with_the_schemes_of_the_product() -> None:
    assert stored_schemes() == load_schemes()
    assert store_missing(NOW) == []
    assert scheme_named("beijing") == load_schemes()["beijing"]


def test_an_approved_version_holds_from_its_day_on(
    scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    assert "yunhe" not in stored_schemes()
    decided(handed_in(scheme, officer), leader)
    decided(handed_in(scheme, officer, in_force_from="2025-09-01", cap="50000.00"), leader)

    first, second = scheme_named("yunhe").versions
    assert (first.in_force_from, first.in_force_to) == (SOON, date(2025, 8, 31))
    assert (second.in_force_from, second.cap) == (date(2025, 9, 1), Money.yuan("50000.00"))
    for day, amount in ((date(2025, 8, 31), "100000.00"), (date(2025, 9, 1), "50000.00")):
        found = quote(scheme_named("yunhe"), Money.yuan("9000000.00"), received=day)
        assert found.amount == Money.yuan(amount)
    acts = (
        JournalEntry.objects.filter(subject_kind="reward_scheme").order_by("id").values_list("act", flat=True)
    )
    assert list(acts) == [
        "reward_scheme_named",
        *2 * ("reward_scheme_drafted", "reward_scheme_handed_in", "reward_scheme_approved"),
    ]


def test_whoever_drafted_does_not_approve(scheme: RewardScheme, leader: Account) -> None:
    proposal = handed_in(scheme, leader)

    with pytest.raises(SecondPersonNeeded):
        decided(proposal, leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        SchemeProposal.objects.filter(pk=proposal.pk).update(decided_by=leader)
    facts = {"scheme": scheme, "number": 1, "in_force_from": SOON, "data": {}, "approved_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        RewardSchemeVersion.objects.create(drafted_by=leader, approved_by=leader, proposal=proposal, **facts)


def test_nobody_works_on_the_draft_of_another(
    scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    proposal = drafted(scheme, officer)

    with pytest.raises(NotYourDraft):
        save_draft(proposal, actor=leader, data={}, remark="", now=NOW)
    with pytest.raises(NotYourDraft):
        hand_in(proposal, actor=leader, once=key(), now=NOW)


def test_outsiders_find_nothing(scheme: RewardScheme, officer: Account, leader: Account) -> None:
    elsewhere = a_bureau("邻县医疗保障局", superior=a_bureau("上级医疗保障局"))
    stranger = a_person("stranger", "leader", "chief", "reward_officer", bureau=elsewhere)
    handler = a_person("handler", "case_handler")
    proposal = handed_in(scheme, officer)

    for person in (stranger, handler, officer):
        with pytest.raises(NotFound):
            decided(proposal, person)
    with pytest.raises(NotFound):
        drafted(scheme, stranger)
    with pytest.raises(NotFound):
        drafted(RewardScheme.objects.get(key="sichuan"), stranger)


def test_the_region_may_leave_approval_to_the_chief(
    scheme: RewardScheme, officer: Account, leader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    chief = a_person("chief", "chief")
    proposal = handed_in(scheme, officer)
    monkeypatch.setattr("tips.services.decide_scheme.legal_flag", lambda *args, **facts: True)

    with pytest.raises(NotFound):
        decided(proposal, leader)
    assert decided(proposal, chief).state == SchemeProposal.State.APPROVED


def test_a_wrong_draft_is_kept_but_not_handed_in(scheme: RewardScheme, officer: Account) -> None:
    proposal = drafted(scheme, officer, cap="1.00")

    with pytest.raises(Invalid) as refused:
        hand_in(proposal, actor=officer, once=key(), now=NOW)
    assert refused.value.field == "cap"
    save_draft(proposal, actor=officer, data=data(), remark="", now=NOW)
    assert hand_in(proposal, actor=officer, once=key(), now=NOW).state == "handed_in"


def test_versions_do_not_overlap(scheme: RewardScheme, officer: Account, leader: Account) -> None:
    at_once, later = handed_in(scheme, officer), handed_in(scheme, officer)
    decided(at_once, leader)

    with pytest.raises(Invalid) as refused:
        decided(later, leader)
    assert refused.value.field == "in_force_from"
    with pytest.raises(Invalid):
        handed_in(scheme, officer, in_force_from="2025-06-30")


def test_what_was_changed_after_it_was_read_is_not_approved(
    scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    read = handed_in(scheme, officer)
    seen = read.handed_in_at.isoformat()
    with pytest.raises(ReasonMissing):
        decided(read, leader, "send_back")
    decided(read, leader, "send_back", answer="上限过低，请核对。")
    later = NOW + timedelta(minutes=5)
    again = hand_in(SchemeProposal.objects.get(pk=read.pk), actor=officer, once=key(), now=later)

    with pytest.raises(Invalid):
        decided(again, leader, seen=seen)
    decided(again, leader)
    with pytest.raises(AlreadyDecided):
        decided(again, leader)


def test_a_discarded_draft_is_over(scheme: RewardScheme, officer: Account) -> None:
    proposal = drafted(scheme, officer)
    discard(proposal, actor=officer, once=key(), now=NOW)

    with pytest.raises(AlreadyDecided):
        hand_in(proposal, actor=officer, once=key(), now=NOW)


def test_an_approved_version_is_never_altered(
    scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    decided(handed_in(scheme, officer), leader)

    with pytest.raises(DatabaseError), transaction.atomic():
        RewardSchemeVersion.objects.filter(scheme=scheme).update(data={})
    with pytest.raises(DatabaseError), transaction.atomic():
        RewardSchemeVersion.objects.filter(scheme=scheme)._raw_delete("default")


def test_an_approved_version_is_taken_back_before_its_day_only(
    scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    version = decided(handed_in(scheme, officer), leader).version
    facts = {"actor": leader, "once": key()}
    with pytest.raises(Invalid):
        withdraw_version(
            version,
            reasons="比例有误，重新拟订",
            now=datetime.fromisoformat("2025-07-01T10:00+08:00"),
            **facts,
        )
    withdraw_version(version, reasons="比例有误，重新拟订", now=NOW, **facts)

    assert "yunhe" not in stored_schemes()
    decided(handed_in(scheme, officer), leader)
    assert [row.number for row in scheme.versions.all()] == [1, 2]


def test_a_bureau_changes_its_scheme_from_a_day_on(
    bureau: Bureau, scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    facts = {"actor": officer, "bureau": bureau, "scheme": scheme, "remark": "启用本地标准", "now": NOW}
    with pytest.raises(Invalid):
        propose_assignment(first_day=SOON, once=key(), **facts)
    decided(handed_in(scheme, officer), leader)
    wanted = propose_assignment(first_day=SOON, once=key(), **facts)
    assert scheme_key_for(bureau, SOON) == "sichuan"
    decided(wanted, leader)

    assert scheme_key_for(bureau, date(2025, 6, 30)) == "sichuan"
    assert scheme_key_for(bureau, SOON) == "yunhe"


def taken_back(version: RewardSchemeVersion, by: Account) -> None:
    withdraw_version(version, actor=by, reasons="比例有误，重新拟订", once=key(), now=NOW)


def test_a_scheme_that_no_longer_holds_is_not_assigned(
    bureau: Bureau, scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    version = decided(handed_in(scheme, officer), leader).version
    facts = {"actor": officer, "bureau": bureau, "scheme": scheme, "remark": "启用本地标准", "now": NOW}
    wanted = propose_assignment(first_day=SOON, once=key(), **facts)
    taken_back(version, leader)

    with pytest.raises(Invalid) as refused:
        decided(wanted, leader)

    assert refused.value.field == "first_day"
    assert scheme_key_for(bureau, SOON) == "sichuan"


def test_a_version_that_a_bureau_is_to_use_is_not_taken_back(
    bureau: Bureau, scheme: RewardScheme, officer: Account, leader: Account
) -> None:
    version = decided(handed_in(scheme, officer), leader).version
    facts = {"actor": officer, "bureau": bureau, "remark": "启用本地标准", "now": NOW}
    decided(propose_assignment(scheme=scheme, first_day=SOON, once=key(), **facts), leader)

    with pytest.raises(Invalid, match=bureau.name):
        taken_back(version, leader)
    assert scheme_named(scheme_key_for(bureau, SOON)).version_on(SOON) is not None
    later = decided(handed_in(scheme, officer, in_force_from="2025-09-01"), leader).version
    taken_back(later, leader)

    other = RewardScheme.objects.get(key="sichuan")
    decided(propose_assignment(scheme=other, first_day=SOON, once=key(), **facts), leader)
    taken_back(version, leader)
    assert "yunhe" not in stored_schemes()


def test_where_the_chief_approves_only_the_chief_takes_back(
    scheme: RewardScheme, officer: Account, leader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = decided(handed_in(scheme, officer), leader).version
    chief = a_person("chief", "chief")
    monkeypatch.setattr("tips.services.decide_scheme.legal_flag", lambda *args, **facts: True)

    with pytest.raises(NotFound):
        taken_back(version, leader)
    taken_back(version, chief)


@pytest.mark.parametrize("kind", ["yaml", "csv"])
def test_schemes_go_out_and_come_in_as_drafts(
    kind: str, tmp_path: Path, officer: Account, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("export_reward_schemes", *(["--csv"] if kind == "csv" else []))
    written = capsys.readouterr().out
    file = tmp_path / f"schemes.{kind}"
    file.write_text(written, encoding="utf-8")
    call_command("import_reward_schemes", str(file), by=officer.username)
    assert not SchemeProposal.objects.exists()

    file.write_text(written.replace("sichuan", "shu"), encoding="utf-8")
    call_command("import_reward_schemes", str(file), by=officer.username)
    draft = SchemeProposal.objects.get()
    assert (draft.scheme.key, draft.scheme.bureau, draft.state) == ("shu", officer.bureau, "draft")
    assert draft.data == RewardSchemeVersion.objects.get(scheme__key="sichuan").data


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "nonsense"),
        ("a.yaml", "here: {title: a}"),
        ("a.yaml", "here: {title: a, title_zh: b, versions: [{kind: whole}]}"),
        ("a.csv", "key,rate\nhere,0.1"),
        ("a.csv", "key,in_force_from,rate,insider\nhere,2025-01-01,0.1,maybe"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(name: str, text: str, tmp_path: Path, officer: Account) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=name):
        call_command("import_reward_schemes", str(tmp_path / name), by=officer.username)
    assert not SchemeProposal.objects.exists()
