"""The pages of reward schemes: a draft as a table, errors beside cells, a trial, the decision of another person."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from casework.models import Account
from tests.factories.tips import RECEIVED, a_bureau, a_person
from tests.tips.rewarding import DECIDED, ELIGIBLE, a_paid_case, opened, work
from tests.tips.working import staff
from tips.models import Reward, SchemeProposal
from tips.schemes.in_force import scheme_key_for, scheme_named, stored_schemes
from workflows.now import playing

pytestmark = pytest.mark.usefixtures("models")
ENTRIES = {
    "source": "云河医保发〔2025〕9号",
    "article": "第八条",
    "in_force_from": "2025-09-01",
    "mark": "VERIFIED",
    "kind": "whole",
    "bound": "above",
    "floor": "200",
    "cap": "100,000",
    "insider_factor": "1",
    "insider_points": "0",
    "insider_order": "floor_first",
    "rounding": "half_up",
    "rounding_unit": "0.01",
    "remark": "按市里文件",
}
ROWS = [
    {"insider": "no", "above": "0", "up_to": "50,000", "rate": "5"},
    {"insider": "no", "above": "50000", "rate": "3.5"},
    {"insider": "yes", "rate": "6%"},
]


def signed_in(account: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client


def posted(rows: list[dict[str, str]], **entries: str) -> dict[str, Any]:
    cells = {f"row{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}
    return {**ENTRIES, **cells, "rows": str(len(rows)), **entries}


@pytest.fixture
def now() -> Any:
    with playing(RECEIVED):
        yield RECEIVED


@pytest.fixture
def officer(now: Any) -> Client:
    return signed_in(a_person("officer", "reward_officer"))


@pytest.fixture
def draft(officer: Client) -> SchemeProposal:
    named = officer.post(reverse("tips:new_scheme"), {"key": "yunhe", "title": "Yunhe", "title_zh": "云河"})
    assert named["Location"] == reverse("tips:scheme", args=["yunhe"])
    officer.post(named["Location"], {"key": "d1"})
    return SchemeProposal.objects.get()


def page(draft: SchemeProposal, name: str = "scheme_proposal") -> str:
    return reverse(f"tips:{name}", args=[draft.pk])


def test_a_scheme_goes_from_the_table_to_the_law(officer: Client, draft: SchemeProposal) -> None:
    assert officer.get(page(draft)).status_code == 200
    answer = officer.post(page(draft), posted(ROWS, hand_in="1", key="h1"))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.state == "handed_in" and "yunhe" not in stored_schemes()

    leader = signed_in(a_person("leader", "leader"))
    shown = leader.get(page(draft))
    words = shown.content.decode()
    assert "not by insiders, base 50,000 yuan and more: 3.5% of all of it." in words
    assert "the reward falls from" in words and "云河医保发〔2025〕9号" in words
    decision = {"decision": "approve", "answer": "同意", "seen": shown.context["seen"], "key": "k1"}
    assert leader.post(page(draft, "decide_scheme"), decision).status_code == 302

    version = scheme_named("yunhe").versions[0]
    assert (version.in_force_from, version.up_to_included, version.article) == (
        date(2025, 9, 1),
        False,
        "第八条",
    )
    assert [str(band.rate) for table in version.tables for band in table.bands] == ["0.05", "0.035", "0.06"]
    assert "3.5%" in officer.get(reverse("tips:scheme", args=["yunhe"])).content.decode()
    assert "yunhe" in officer.get(reverse("tips:export_schemes") + "?as=csv").content.decode()


@pytest.mark.parametrize(
    ("rows", "changes", "cell", "words"),
    [
        ([ROWS[0], {**ROWS[1], "above": "60000"}, ROWS[2]], {}, "row1-above", "there is a gap"),
        ([ROWS[0], {**ROWS[1], "above": "40000"}, ROWS[2]], {}, "row1-above", "two bands overlap"),
        ([ROWS[0], {**ROWS[1], "up_to": "1"}, ROWS[2]], {}, "row1-up_to", "Bounds ascend"),
        ([ROWS[0], {**ROWS[1], "rate": "five"}, ROWS[2]], {}, "row1-rate", "Give a number"),
        ([ROWS[0], ROWS[1], {**ROWS[2], "rate": "101"}], {}, "row2-rate", "at most 100"),
        (ROWS[:2], {}, "", "There is no rate for some tips"),
        (ROWS, {"floor": "100001"}, "cap", "not below the floor"),
        (ROWS, {"in_force_from": ""}, "in_force_from", "Give the day"),
    ],
)
def test_what_is_wrong_stands_beside_its_cell_and_what_was_typed_stays(
    officer: Client,
    draft: SchemeProposal,
    rows: list[dict[str, str]],
    changes: dict[str, str],
    cell: str,
    words: str,
) -> None:
    answer = officer.post(page(draft), posted(rows, hand_in="1", **changes))

    assert answer.status_code == 422
    forms = answer.context["forms"]
    errors = {field.html_name: field.errors for form in (forms.version, *forms.bands) for field in form}
    found = errors[cell] if cell else forms.version.non_field_errors()
    assert any(words in str(error) for error in found)
    again = officer.get(page(draft)).content.decode()
    assert words in again and "云河医保发〔2025〕9号" in again
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("rows", ["²", "-1", "1" * 5000, "many"])
def test_a_number_of_rows_that_is_none_is_no_error_of_the_house(
    officer: Client, draft: SchemeProposal, rows: str
) -> None:
    assert officer.post(page(draft), {**posted([], hand_in="1"), "rows": rows}).status_code < 500


def test_saving_keeps_the_table_and_gives_more_rows(officer: Client, draft: SchemeProposal) -> None:
    assert officer.post(page(draft), posted(ROWS)).status_code == 302

    bands = officer.get(page(draft)).context["forms"].bands
    assert len(bands) == 6
    assert [band.typed("rate") for band in bands[:3]] == ["5", "3.5", "6"]
    officer.post(page(draft), {"discard": "1"})
    draft.refresh_from_db()
    assert draft.state == "discarded"


def test_whoever_drafted_sees_no_decision_and_another_official_no_draft(
    draft: SchemeProposal, officer: Client
) -> None:
    officer.post(page(draft), posted(ROWS, hand_in="1"))
    neighbour = signed_in(a_person("n", "leader", bureau=a_bureau("邻县医疗保障局")))

    assert not officer.get(page(draft)).context["may_decide"]
    assert officer.post(page(draft, "decide_scheme"), {"decision": "approve"}).status_code == 404
    for name in ("scheme_proposal", "scheme_trial"):
        assert neighbour.get(page(draft, name)).status_code == 404


def test_a_refusal_keeps_what_was_typed(draft: SchemeProposal, officer: Client) -> None:
    officer.post(page(draft), posted(ROWS, hand_in="1"))
    leader = signed_in(a_person("leader", "leader"))

    answer = leader.post(
        page(draft, "decide_scheme"), {"decision": "approve", "answer": "同意施行", "seen": "x"}
    )
    assert answer.status_code == 422
    assert "同意施行" in answer.content.decode() and "Read it again" in answer.content.decode()


def test_a_draft_is_tried_on_earlier_rewards_without_touching_them() -> None:
    people = staff()
    reward = opened(a_paid_case(people).tip)
    assert reward is not None
    work(people, reward, "reward_officer", "assess_reward", ELIGIBLE)
    before = Reward.objects.values().get(pk=reward.pk)
    with playing(DECIDED):
        officer = signed_in(people["reward_officer"])
        officer.post(reverse("tips:new_scheme"), {"key": "yunhe", "title": "Yunhe", "title_zh": "云河"})
        officer.post(reverse("tips:scheme", args=["yunhe"]), {"key": "d1"})
        draft = SchemeProposal.objects.get()
        officer.post(page(draft), posted(ROWS))
        day = DECIDED.date().isoformat()
        asked = {"first_day": day, "last_day": day, "budget": "10000"}
        trial = officer.get(page(draft, "scheme_trial"), asked).context["trial"]
        stranger = signed_in(a_person("chief-2", "leader")).get(page(draft, "scheme_trial"), asked)

    row = trial.rows[0]
    assert (row.number, row.base, row.old) == (reward.claim_number, 350000, 5750)
    assert (row.most, row.difference) == (12250, 6500)
    assert (trial.old, trial.most, trial.left_of_budget) == (5750, 12250, -2250)
    assert Reward.objects.values().get(pk=reward.pk) == before
    assert reward.claim_number not in stranger.content.decode()


def test_a_bureau_proposes_another_scheme(now: Any) -> None:
    person = a_person("officer", "reward_officer")
    officer, bureau = signed_in(person), person.bureau
    assert bureau is not None
    wanted = {"scheme": "beijing", "first_day": "2025-04-01", "remark": "改用北京标准", "key": "a1"}
    early = {**wanted, "first_day": "2020-04-01", "key": "a2"}
    assert officer.post(reverse("tips:assign_scheme"), early).status_code == 422
    assert officer.post(reverse("tips:assign_scheme"), wanted).status_code == 302
    proposal = SchemeProposal.objects.get()
    leader = signed_in(a_person("leader", "leader"))
    seen = leader.get(page(proposal)).context["seen"]
    leader.post(page(proposal, "decide_scheme"), {"decision": "approve", "seen": seen, "key": "b1"})

    assert scheme_key_for(bureau, date(2025, 3, 31)) == "sichuan"
    assert scheme_key_for(bureau, date(2025, 4, 1)) == "beijing"
