"""A tip that another bureau or another authority has to handle."""

from datetime import timedelta
from uuid import uuid4

import pytest
from guardian.shortcuts import assign_perm
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import FormRefused
from casework.models import Bureau, Document
from tests.factories.tips import (
    RECEIVED,
    a_bureau,
    a_filing,
    a_person,
    a_real_name_filing,
    a_tip,
    an_institution,
)
from tests.tips.working import REGISTERED, WORDS, do, open_item, staff
from tips.coming_back.status import history_of, status_of
from tips.coming_back.steps.tip import NOT_OURS, SETTLED_FIRST
from tips.errors import LookClosed, TipWentOn, WrongReferral
from tips.models import IdentityOpening, RegisterEntry, Tip
from tips.permissions import TipPermission, may_tip
from tips.register.listing import Wanted, cells_of, rows_of, wanted_entries
from tips.rules import jurisdiction as rules
from tips.sealing import contents
from tips.services.ask_identity import ask_identity
from tips.services.look_at_identity import look_at_identity
from tips.services.register_tip import Registration, register_tip
from workflows.background.relay import drain
from workflows.models import Clock, JournalEntry, Run, WorkItem

pytestmark = pytest.mark.usefixtures("models")
REFER = {
    **REGISTERED,
    "jurisdiction": "referred",
    "jurisdiction_note": "行为发生地在邻县",
    "summary": "虚记理疗",
}
DISPUTE = {**REGISTERED, "jurisdiction": "disputed", "jurisdiction_note": "行为发生地不在本县"}
YES, NO = {"opening": "approved", "reasons": "确有必要。"}, {"opening": "refused", "reasons": "举报已移送。"}
REASONS = {"reasons": "行为发生地医疗保障局管辖"}


@pytest.fixture
def world():  # type: ignore[no-untyped-def]
    """Two counties below one city, somebody for the intake of each, somebody in the city who names."""
    city = a_bureau()
    here = a_bureau("云山县医疗保障局", level="county", region_code="990121", superior=city)
    there = a_bureau("云湖县医疗保障局", level="county", region_code="990122", superior=city)
    return {
        "city": city,
        "here": here,
        "there": there,
        "intake": a_person("intake_here", "intake_officer", bureau=here),
        "other_intake": a_person("intake_there", "intake_officer", bureau=there),
        "chief": a_person("chief_here", "chief", bureau=here),
        "superior": a_person("superior", "province_officer", "intake_officer", bureau=city),
        "tip": a_tip(a_filing(bureau=here)).tip,
    }


def refer(world, **more):  # type: ignore[no-untyped-def]
    tip = world["tip"]
    data = {**REFER, "referred_to": world["there"].pk, **more}
    do(world["intake"], tip.run, "register_tip", data)
    return Tip.objects.get(pk=tip.pk)


def dispute(world) -> Tip:  # type: ignore[no-untyped-def]
    tip = refer(world)
    do(world["other_intake"], tip.run, "register_tip", DISPUTE)
    return Tip.objects.get(pk=tip.pk)


def test_a_referred_tip_stands_in_both_registers_under_two_numbers(world) -> None:
    tip = refer(world)

    old, new = RegisterEntry.objects.filter(tip=tip)
    assert (old.bureau, new.bureau) == (world["here"], world["there"])
    assert (old.left_at, old.referred_to, new.left_at) == (RECEIVED, world["there"], None)
    assert old.number != new.number
    assert new.number == tip.register_number == Run.objects.get(pk=tip.run_id).business_key
    assert new.number.endswith("〔2025〕1号")


def test_a_referral_takes_every_grant_from_the_old_bureau_and_gives_the_new_one_only_by_work(world) -> None:
    tip = refer(world)

    for person in ("intake", "chief", "other_intake"):
        assert not may_tip(world[person], tip, TipPermission.VIEW, RECEIVED)
        assert not may_tip(world[person], tip, TipPermission.OPEN_WORDS, RECEIVED)
    do(world["other_intake"], tip.run, "register_tip", REGISTERED)
    assert may_tip(world["other_intake"], tip, TipPermission.OPEN_WORDS, RECEIVED)
    assert contents.open_words(tip, contents.content_key(tip)).target_name


def test_a_row_keeps_the_coding_of_its_own_bureau(world) -> None:
    ours = an_institution("本县康宁医院", world["here"])
    theirs = an_institution("邻县仁和医院", world["there"])
    tip = refer(world, institution_code=ours.code, matters=["fake_stay"])
    further = {"target_kind": "organisation", "institution_code": theirs.code, "matters": ["bribery"]}
    do(world["other_intake"], tip.run, "register_tip", {**REGISTERED, **further})

    def line(who: str, words: str = "") -> list[dict[str, str]]:
        reader = world[who]
        found = rows_of(wanted_entries(reader, Wanted(words=words), RECEIVED), reader, RECEIVED)
        return [dict(cells_of(row)) for row in found]

    [old], [new] = line("intake"), line("other_intake")
    assert (old["about"], new["about"]) == (ours.name, theirs.name)
    assert old["matters"] and new["matters"] and old["matters"] != new["matters"]
    assert [len(line("intake", name)) for name in (ours.name, theirs.name)] == [1, 0]
    assert [len(line("other_intake", name)) for name in (ours.name, theirs.name)] == [0, 1]


@pytest.fixture
def asked():  # type: ignore[no-untyped-def]
    """A tip on which two looks were asked: one is open, one waits for its decision. It then goes to another bureau."""
    people = staff()
    there = a_bureau(
        "云湖县医疗保障局", level="county", region_code="990122", superior=people["leader"].bureau
    )
    tip = a_tip(a_real_name_filing()).tip
    requests = []
    for asker in (people["intake"], people["handler"]):
        assign_perm(TipPermission.VIEW, asker, tip)
        requests.append(
            ask_identity(
                tip, actor=asker, purpose="protection", reasons="有打击报复的迹象。", period="day",
                key=str(uuid4()), now=RECEIVED,
            )
        )  # fmt: skip
    do(people["leader"], requests[0].run, "decide_opening", YES)
    assert look_at_identity(requests[0], actor=people["intake"], now=RECEIVED) is not None
    do(people["intake"], tip.run, "register_tip", {**REFER, "referred_to": there.pk})
    return people, requests


def test_a_referral_closes_every_look_at_the_identity(asked) -> None:
    people, (looking, waiting) = asked

    with pytest.raises(LookClosed):
        look_at_identity(looking, actor=people["intake"], now=RECEIVED)
    assert Run.objects.get(pk=looking.run_id).status == Run.Status.ENDED
    with pytest.raises(TipWentOn):
        do(people["leader"], waiting.run, "decide_opening", YES)
    with pytest.raises(LookClosed):
        look_at_identity(waiting, actor=people["handler"], now=RECEIVED)
    do(people["leader"], waiting.run, "decide_opening", NO)
    assert Run.objects.get(pk=waiting.run_id).status == Run.Status.ENDED
    assert IdentityOpening.objects.count() == 1
    assert JournalEntry.objects.filter(act="identity_opening_closed").count() == 2


def test_the_receiving_bureau_has_a_period_of_its_own(world) -> None:
    later = RECEIVED + timedelta(days=5)
    tip = world["tip"]

    do(world["intake"], tip.run, "register_tip", {**REFER, "referred_to": world["there"].pk}, now=later)

    old, new = Clock.objects.filter(run=tip.run, rule_key="lead_verification").order_by("id")
    assert (old.ended_at, new.ended_at) == (later, None)
    assert new.due_at > old.due_at
    assert open_item(tip.run, "register_tip").unit_id == world["there"].pk


def test_the_letter_of_referral_shows_nothing_sealed(world) -> None:
    tip = refer(world)

    letter = Document.objects.get(kind="referral_letter")
    assert letter.bureau == world["here"]
    assert letter.context["authority"] == world["there"].name
    words = contents.open_words(tip, contents.content_key(tip))
    assert words.story not in str(letter.context)


def test_the_tipster_reads_where_the_report_is(world) -> None:
    tip = refer(world)

    assert any(world["there"].name in one.what for one in history_of(tip))


def test_another_authority_gets_a_letter_and_the_tipster_an_answer(world) -> None:
    tip = world["tip"]
    data = {
        **REGISTERED,
        "jurisdiction": "other_department",
        "authority": "云山县卫生健康局",
        "jurisdiction_note": "请向云山县卫生健康局反映。",
    }

    do(world["intake"], tip.run, "register_tip", data)
    do(world["intake"], tip.run, "answer_not_accepted", {"answer": "请向云山县卫生健康局反映。"})

    tip = Tip.objects.get(pk=tip.pk)
    assert status_of(tip).word == NOT_OURS.word
    assert Document.objects.get(kind="referral_letter").context["authority"] == "云山县卫生健康局"


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ("not_a_tip", "jurisdiction_note"),
        ("other_department", "authority"),
        ("referred", "referred_to"),
        ("disputed", "jurisdiction"),
    ],
)
def test_an_answer_without_its_reasons_or_receiver_is_refused(world, answer: str, field: str) -> None:
    with pytest.raises(FormRefused) as refused:
        do(world["intake"], world["tip"].run, "register_tip", {**REGISTERED, "jurisdiction": answer})

    assert field in refused.value.form.errors


def test_a_bureau_that_got_a_tip_may_not_pass_it_on(world) -> None:
    tip = refer(world)

    with pytest.raises(FormRefused):
        do(world["other_intake"], tip.run, "register_tip", {**REFER, "referred_to": world["city"].pk})


def test_what_came_up_from_below_goes_down_only(world) -> None:
    neighbour = a_bureau("云海市医疗保障局", region_code="990300")
    tip = refer(world, referred_to=world["city"].pk)

    def pass_on(to: Bureau) -> None:
        found = Registration(jurisdiction="referred", target_kind="organisation", referred_to=to)
        item = open_item(tip.run, "register_tip")
        register_tip(
            actor=world["superior"], work_item=item, registration=found, key=str(uuid4()), now=RECEIVED
        )
        drain(RECEIVED)

    with pytest.raises(WrongReferral):
        pass_on(neighbour)
    assert RegisterEntry.objects.get(tip=tip, left_at=None).bureau == world["city"]

    pass_on(world["there"])
    assert RegisterEntry.objects.get(tip=tip, left_at=None).bureau == world["there"]


def test_two_bureaus_agree_that_the_receiver_acts(world) -> None:
    tip = dispute(world)
    assert status_of(tip).word == SETTLED_FIRST.word

    do(world["other_intake"], tip.run, "settle_dispute", {"settlement": "keep", **REASONS})

    tip = Tip.objects.get(pk=tip.pk)
    assert tip.is_accepted
    assert open_item(tip.run, "review_copy").unit_id == world["there"].pk


def test_a_tip_that_is_given_back_cannot_be_disputed_again(world) -> None:
    tip = dispute(world)

    do(world["other_intake"], tip.run, "settle_dispute", {"settlement": "give_back", **REASONS})

    back = RegisterEntry.objects.get(tip=tip, left_at=None)
    assert (back.bureau, back.came_as) == (world["here"], "given_back")
    assert RegisterEntry.objects.filter(tip=tip).count() == 3
    with pytest.raises(FormRefused):
        do(world["intake"], tip.run, "register_tip", DISPUTE)


@pytest.mark.parametrize("named", ["here", "there"])
def test_the_common_superior_names_who_acts(world, named: str) -> None:
    tip = dispute(world)
    do(world["other_intake"], tip.run, "settle_dispute", {"settlement": "to_superior", **REASONS})
    assert open_item(tip.run, "name_jurisdiction").unit_id == world["city"].pk

    do(world["superior"], tip.run, "name_jurisdiction", {"bureau": world[named].pk, **REASONS})

    tip = Tip.objects.get(pk=tip.pk)
    assert tip.bureau == world[named]
    expected = "review_copy" if named == "there" else "register_tip"
    assert open_item(tip.run, expected).unit_id == world[named].pk


def test_the_superior_names_only_a_bureau_of_its_area(world) -> None:
    far = a_bureau("远方市医疗保障局", region_code="990900")
    tip = dispute(world)
    do(world["other_intake"], tip.run, "settle_dispute", {"settlement": "to_superior", **REASONS})

    with pytest.raises(FormRefused):
        do(world["superior"], tip.run, "name_jurisdiction", {"bureau": far.pk, **REASONS})


def test_seven_working_days_without_agreement_bring_the_dispute_to_the_superior(world) -> None:
    tip = dispute(world)
    due = open_item(tip.run, "settle_dispute").due_at
    assert due is not None

    drain(due - timedelta(seconds=1))
    assert WorkItem.objects.filter(run=tip.run, element_id="settle_dispute", status="open").exists()
    drain(due + timedelta(seconds=1))

    assert open_item(tip.run, "name_jurisdiction").unit_id == world["city"].pk


def test_a_tip_that_the_superior_hands_down_is_handled_there(world) -> None:
    tip = a_tip(a_filing(bureau=world["city"])).tip

    do(world["superior"], tip.run, "register_tip", {**REFER, "referred_to": world["here"].pk})
    do(world["intake"], tip.run, "register_tip", REGISTERED)
    do(world["intake"], tip.run, "review_copy", {"reviewed_copy": WORDS})

    assert RegisterEntry.objects.get(tip=tip, left_at=None).came_as == "down"


@given(st.data())
def test_the_common_superior_is_the_lowest_bureau_above_both(data: st.DataObject) -> None:
    """In any tree: above both, and nothing between is."""
    size = data.draw(st.integers(2, 12))
    above = [None, *(data.draw(st.integers(0, pk - 1)) for pk in range(1, size))]

    def path(pk: int) -> list[int]:
        return [pk, *(path(above[pk]) if above[pk] is not None else [])]  # type: ignore[arg-type]

    one, other = data.draw(st.integers(1, size - 1)), data.draw(st.integers(1, size - 1))
    found = rules.common_superior(path(one), path(other))

    assert found in path(one)[1:]
    assert found in path(other)[1:]
    assert not [pk for pk in path(one)[1:] if pk in path(other)[1:] and len(path(pk)) > len(path(found))]
    opposite = {rules.UP: rules.DOWN, rules.DOWN: rules.UP, rules.SIDEWAYS: rules.SIDEWAYS}
    if one != other:
        there, back = rules.direction(path(one), path(other)), rules.direction(path(other), path(one))
        assert opposite[there] == back
