"""How alike two tips are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tips.rules.likeness import SKETCH, Marks, likeness, shingles, text_likeness
from tips.sealing.blind_marks import sketch

KEY = b"k" * 32
WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=6)
STORY = (
    "住院部在患者出院后继续记录理疗费用，每天三次。我看过费用清单和护理记录，另有三名患者的签字是别人写的。"
)
STORIES = st.text(alphabet="住院部患者出院后继续记录理疗费用每天三次看过清单护理", max_size=80)


@st.composite
def marks(draw: st.DrawFn) -> Marks:
    return Marks(
        place=draw(st.sampled_from(["", "p", "q"])),
        conducts=draw(WORDS),
        months=draw(WORDS),
        sketch=tuple(sketch(KEY, shingles(draw(STORIES)))),
        files=draw(st.frozensets(st.sampled_from("xyz"))),
    )


@given(marks(), marks())
@settings(max_examples=500)
def test_likeness_is_the_same_whichever_tip_comes_first(one: Marks, other: Marks) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other).score <= 100
    assert bool(likeness(one, other).reasons) or likeness(one, other).score == 0


@given(marks(), marks())
def test_one_more_equal_file_never_makes_tips_less_alike(one: Marks, other: Marks) -> None:
    def with_file(found: Marks) -> Marks:
        return Marks(**{**found.__dict__, "files": found.files | {"same"}})

    assert likeness(with_file(one), with_file(other)).score >= likeness(one, other).score


@given(STORIES)
def test_a_story_is_wholly_like_itself_and_marked_the_same_again(story: str) -> None:
    one, again = tuple(sketch(KEY, shingles(story))), tuple(sketch(KEY, shingles(story)))

    assert one == again
    assert len(one) == SKETCH
    assert text_likeness(one, again) == (1.0 if shingles(story) else 0.0)


def test_spaces_marks_and_capitals_make_no_other_story() -> None:
    assert shingles("A 医院，虚记 理疗。") == shingles("a医院虚记理疗")


@pytest.mark.parametrize(("kept", "least", "most"), [(1.0, 0.99, 1.0), (0.8, 0.5, 0.95), (0.0, 0.0, 0.15)])
def test_the_estimate_follows_what_two_stories_share(kept: float, least: float, most: float) -> None:
    long = "".join(chr(0x4E00 + 7 * number % 3000) for number in range(900))
    cut = int(len(long) * kept)
    other = long[:cut] + "".join(chr(0x6E00 + 11 * number % 3000) for number in range(len(long) - cut))

    found = text_likeness(tuple(sketch(KEY, shingles(long))), tuple(sketch(KEY, shingles(other))))

    assert least <= found <= most


def test_marks_of_two_keys_have_nothing_in_common() -> None:
    one, other = tuple(sketch(KEY, shingles(STORY))), tuple(sketch(b"o" * 32, shingles(STORY)))

    assert text_likeness(one, other) == 0.0


def test_the_same_conduct_elsewhere_is_no_sign() -> None:
    one = Marks(place="p", conducts=frozenset("ab"), months=frozenset("cd"))
    other = Marks(place="q", conducts=frozenset("ab"), months=frozenset("cd"))

    assert likeness(one, other).score == 0
