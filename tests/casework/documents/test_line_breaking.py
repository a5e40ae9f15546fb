"""Where a line may end (避头尾)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.documents.line_breaking import BREAK, NOT_AT_END, NOT_AT_START, break_lines

SIGNS = "医保基金，。；：！？（）《》“”、A1.,5%元" + BREAK


def cut(text: str, room: float, first: float | None = None) -> list[str]:
    lines = break_lines(text, [1.0] * len(text), first=first or room, later=room)
    return [text[line.start : line.end] for line in lines]


@pytest.mark.parametrize("mark", "，；：！？。、）》”")
def test_mark_is_never_first_on_a_line(mark: str) -> None:
    assert cut(f"一二三四五{mark}六", 5) == ["一二三四", f"五{mark}六"]


@pytest.mark.parametrize("mark", "（《“")
def test_opening_mark_is_never_last_on_a_line(mark: str) -> None:
    assert cut(f"一二三四{mark}五六", 5) == ["一二三四", f"{mark}五六"]


def test_one_mark_is_squeezed_into_a_long_line() -> None:
    assert cut("一" * 28 + "，二", 28) == ["一" * 28 + "，", "二"]


def test_amount_is_not_cut() -> None:
    assert cut("共计追回54,000.00元整", 9) == ["共计追回", "54,000.00", "元整"]


def test_word_longer_than_a_line_is_cut() -> None:
    assert cut("A" * 12, 5) == ["AAAAA", "AAAAA", "AA"]


def test_first_line_may_be_shorter_and_a_forced_end_is_kept() -> None:
    assert cut(f"一二三四五{BREAK}{BREAK}六", 4, first=2) == ["一二", "三四五", "", "六"]


@given(st.text(alphabet=SIGNS, max_size=200), st.integers(6, 40))
def test_no_character_is_lost_and_marks_keep_their_place(text: str, room: int) -> None:
    found = cut(text, room)

    assert "".join(found) == text.replace(BREAK, "")
    for line in found:
        assert len(line) <= room + max(1, 0.06 * room)


@given(st.text(alphabet="医保基金，。；（《", min_size=1, max_size=200), st.integers(12, 40))
def test_line_begins_or_ends_wrongly_only_where_marks_pile_up(text: str, room: int) -> None:
    lines = break_lines(text, [1.0] * len(text), first=room, later=room)

    for before, after in pairwise(lines):
        run = text[before.start : after.end]
        piled = sum(sign in NOT_AT_START or sign in NOT_AT_END for sign in run) > 0.3 * room
        wrong = text[after.start] in NOT_AT_START or text[before.end - 1] in NOT_AT_END
        assert piled or not wrong
