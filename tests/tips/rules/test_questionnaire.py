"""Questionnaires are data: what is checked once reads back the same, and what is wrong gets a sentence."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tips.rules.questionnaire import BadQuestionnaire, Kind, read_questions

WORDS = st.text("科室 ward<>'\";--&🏥\u202e", min_size=1, max_size=12)
LABEL = st.fixed_dictionaries({"zh-hans": WORDS, "en": WORDS}).filter(
    lambda words: all(one.strip() for one in words.values())
)
NAME = st.text("abcxyz_019", min_size=0, max_size=8).map(lambda end: "q" + end)
SHIPPED = Path(__file__).parents[3] / "tips/rules/data/questionnaires"


@st.composite
def questions(draw, name: str):  # type: ignore[no-untyped-def]
    kind = draw(st.sampled_from(list(Kind)))
    made = {"id": name, "kind": kind.value, "label": draw(LABEL), "required": draw(st.booleans())}
    if draw(st.booleans()):
        made["help"] = draw(LABEL)
    if kind in (Kind.CHOICE, Kind.MANY):
        values = draw(st.lists(NAME, min_size=2, max_size=5, unique=True))
        made["choices"] = [{"value": value, "label": draw(LABEL)} for value in values]
    if kind is Kind.NUMBER and draw(st.booleans()):
        least, most = sorted(draw(st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000))))
        made |= {"least": str(least), "most": str(most)}
    return made


@st.composite
def questionnaires(draw):  # type: ignore[no-untyped-def]
    names = draw(st.lists(NAME, min_size=1, max_size=6, unique=True))
    return {"title": draw(LABEL), "questions": [draw(questions(name)) for name in names]}


@given(questionnaires())
def test_what_was_checked_reads_back_the_same(data) -> None:
    read = read_questions(data)

    assert read_questions(read.as_json()) == read
    assert read.as_json() == data


@given(questionnaires(), st.data())
def test_a_question_that_stands_there_twice_is_refused(data, draw) -> None:
    again = draw.draw(st.sampled_from(data["questions"]))

    with pytest.raises(BadQuestionnaire):
        read_questions({**data, "questions": [*data["questions"], again]})


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@given(questionnaires(), st.data())
def test_a_broken_entry_is_refused_with_a_sentence_or_means_the_same(data, draw) -> None:
    question = draw.draw(st.sampled_from(data["questions"]))
    question[draw.draw(st.sampled_from([*question, "surprise"]))] = draw.draw(ANYTHING)

    try:
        read = read_questions(data)
    except BadQuestionnaire as refusal:
        assert str(refusal)
    else:
        assert read_questions(read.as_json()) == read


@given(ANYTHING)
def test_anything_else_is_no_questionnaire(data) -> None:
    with pytest.raises(BadQuestionnaire):
        read_questions(data)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "colour"},
        {"id": "Ward"},
        {"label": {"en": "only English"}},
        {"label": {"zh-hans": " ", "en": "x"}},
        {"choices": [{"value": "a", "label": {"zh-hans": "甲", "en": "a"}}]},
        {"least": 1},
        {"required": "yes"},
        {"surprise": 1},
    ],
)
def test_each_rule_refuses(change) -> None:
    question = {"id": "ward", "kind": "text", "label": {"zh-hans": "科室", "en": "ward"}}
    read_questions({"title": question["label"], "questions": [question]})

    with pytest.raises(BadQuestionnaire):
        read_questions({"title": question["label"], "questions": [{**question, **change}]})


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.yaml")), ids=lambda file: file.stem)
def test_what_comes_with_the_product_is_right_and_asks_nothing_by_force(file: Path) -> None:
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    read = read_questions({"title": data["title"], "questions": data["questions"]})

    assert data["region"] == ""
    assert not any(question.is_required for question in read.questions)
