"""What every official document must be: readable, searchable, complete, the same each time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from casework.documents import CONTEXTS, UnknownKind, WrongContext, render, to_json
from casework.documents.contexts import EvidenceFacts
from casework.documents.samples import BUREAU, PARTY, SAMPLES
from tests.casework.documents.reading import lines, made, opened, pages, sample, words

KINDS = tuple(CONTEXTS)
WITHOUT_PARTY = (
    "reward_approval",
    "reward_notice",
    "reward_voucher",
    "tip_acknowledgement",
    "referral_letter",
    "tip_register",
    "purge_certificate",
    "tip_yearly_report",
)
RARE = "㐂𠮷䶮㛃䲟𬭎𫖮𬀩"
NOT_FIRST = "，；：！？。、）》”"


@pytest.mark.parametrize("kind", KINDS)
def test_document_names_bureau_title_and_number(kind: str) -> None:
    document = sample(kind)

    text = words(document)

    assert BUREAU in text
    assert document.title in text
    assert SAMPLES[kind][1] in text


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in WITHOUT_PARTY])
def test_rare_characters_of_a_name_can_be_searched_and_copied(kind: str) -> None:
    document = sample(kind, party=replace(PARTY, name=f"{RARE}大药房"))

    by_pypdf = "".join(page.extract_text() for page in opened(document).pages)

    assert f"{RARE}大药房" in words(document)
    assert f"{RARE}大药房" in "".join(by_pypdf.split())
    assert document.missing_characters == ()


def test_character_without_a_glyph_is_shown_and_reported() -> None:
    document = sample("penalty_notice", party=replace(PARTY, name="江州\U0003134a药房\ue123"))

    assert "江州〓药房〓" in words(document)
    assert document.missing_characters == ("\ue123", "\U0003134a")


@pytest.mark.parametrize("kind", KINDS)
def test_every_font_is_embedded(kind: str) -> None:
    fonts = [
        font.get_object()
        for page in opened(sample(kind)).pages
        for font in page["/Resources"]["/Font"].values()
    ]

    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_begins_with_a_mark_that_belongs_to_the_line_before(kind: str) -> None:
    # Every length of the name once, so that each mark meets the end of a line.
    for length in range(1, 15):
        party = {"party": replace(PARTY, name="州" * length)} if kind not in WITHOUT_PARTY else {}
        document = sample(kind, **party)

        assert [line for line in lines(document) if line[0] in NOT_FIRST] == []


@pytest.mark.parametrize("kind", KINDS)
def test_same_input_gives_the_same_bytes(kind: str) -> None:
    assert sample(kind).sha256 == sample(kind).sha256
    assert sample(kind).pdf != sample(kind, draft=True).pdf


@pytest.mark.parametrize("kind", KINDS)
def test_stored_context_gives_the_same_bytes(kind: str) -> None:
    context, number, issued_on = SAMPLES[kind]

    again = made(kind, to_json(context), number, issued_on)

    assert again.pdf == sample(kind).pdf


@pytest.mark.parametrize("kind", KINDS)
def test_draft_says_so_on_every_page_and_an_issued_document_nowhere(kind: str) -> None:
    assert all("草" in page and "稿" in page for page in pages(sample(kind, draft=True)))
    assert "草" not in words(sample(kind))


def test_draft_without_number_and_date_leaves_room_for_them() -> None:
    context, _, _ = SAMPLES["penalty_decision"]

    draft = render("penalty_decision", context, number="", issued_on=None, bureau_name=BUREAU, draft=True)

    assert "尚未编号" in words(draft)


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_numbered_and_the_file_names_title_author_and_language(kind: str) -> None:
    document = sample(kind)

    file = opened(document)

    assert all(f"—{number}—" in "".join(page.split()) for number, page in enumerate(pages(document), start=1))
    assert file.metadata is not None
    assert file.metadata.title == BUREAU + document.title
    assert file.metadata.author == BUREAU
    assert file.trailer["/Root"]["/Lang"] == "zh-CN"
    assert file.outline[0]["/Title"] == document.title


def test_long_table_repeats_its_header_on_every_page() -> None:
    evidence = tuple(
        EvidenceFacts(kind="documentary", title=f"病历第{number}册", proves="诊疗与收费不符")
        for number in range(90)
    )

    with_table = [page for page in pages(sample("penalty_decision", evidence=evidence)) if "病历第" in page]

    assert len(with_table) >= 3
    assert all("证据名称" in page and "证明内容" in page for page in with_table)


def test_a_wide_list_lies_across_the_page_with_dates_and_numbers_in_one_line() -> None:
    document = sample("tip_register")
    line = SAMPLES["tip_register"][0].lines[0]

    paper = opened(document).pages[0].mediabox

    assert paper.width > paper.height
    assert line.received in "\n".join(pages(document))
    assert any(line.number in found for found in lines(document))


def test_cell_higher_than_a_page_goes_on_overleaf() -> None:
    told = "核查人员逐份比对病历与收费明细。" * 400

    document = sample("filing_approval", verification=told)

    assert len(pages(document)) > 2
    assert words(document).count("逐") == 400


@pytest.mark.parametrize("padding", range(26))
def test_signature_stands_with_two_lines_of_text_or_more(padding: int) -> None:
    # The filler moves the end of the document through all positions on its last page.
    document = sample("penalty_decision", discretion="\n".join(["一般。"] * (padding + 1)))

    last = [line.strip() for line in pages(document)[-1].split("\n") if line.strip()]

    assert last.index(BUREAU) >= 2
    assert "强制执行。" in last[last.index(BUREAU) - 1]


def test_open_points_stand_at_the_foot_of_the_first_page() -> None:
    mark = "2026年4月1日后的行为，实施细则第五条至第四十六条尚未载入。"

    issued, plain = sample("penalty_decision", marks=(mark,)), sample("penalty_decision")

    assert mark in "".join(pages(issued)[0].split())
    assert "待本机关核定的事项" not in words(plain)
    assert "RECALLED" in words(sample("penalty_decision", draft=True))


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnknownKind):
        render("love_letter", {}, number="", issued_on=None, bureau_name=BUREAU, draft=True)


def test_context_of_another_kind_is_refused() -> None:
    context: Any = SAMPLES["penalty_notice"][0]

    with pytest.raises(WrongContext, match="PenaltyDecision"):
        render("penalty_decision", context, number="", issued_on=None, bureau_name=BUREAU, draft=True)
