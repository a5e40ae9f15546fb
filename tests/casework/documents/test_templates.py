"""The template language refuses what it cannot print, and values can never become markup."""

from __future__ import annotations

from typing import Any

import pytest

from casework.documents import CONTEXTS, TemplateWrong, UnknownPlaceholder
from casework.documents.render import render_template
from casework.documents.samples import BUREAU
from casework.documents.templates import DocumentTemplate, load, parse
from tests.casework.documents.reading import words

HEADER = "---\ntitle: 通知\nversion: '1'\nlayout: letter\nlegal_basis: [某法第一条]\nmarks: []\n---\n"


def filled(body: str, **values: Any) -> str:
    return parse("test", HEADER + body).fill(values)


def printed(template: DocumentTemplate, context: dict[str, Any]) -> str:
    document = render_template(
        template, context, number="试〔2025〕1号", issued_on=None, bureau_name=BUREAU, draft=False
    )
    return words(document)


@pytest.mark.parametrize(
    "body",
    [
        "{{ partner }}",
        "{{ party.nmae }}",
        "{% if partner %}x{% endif %}",
        "{% if party.nmae %}x{% endif %}",
        "{% for item in partners %}x{% endfor %}",
        "{% for item in items %}{{ item.nmae }}{% endfor %}",
        "{{ partner|yuan }}",
    ],
)
def test_unknown_placeholder_is_refused_by_name(body: str) -> None:
    with pytest.raises(UnknownPlaceholder, match="partner|nmae"):
        filled(body, party={"name": "甲"}, items=[{"name": "乙"}])


@pytest.mark.parametrize(
    "header",
    [
        "no header at all",
        HEADER.replace("title: 通知\n", ""),
        HEADER.replace("letter", "poster"),
        HEADER.replace("[某法第一条]", "[]"),
        HEADER.replace("marks", "remarks"),
    ],
)
def test_wrong_header_is_refused(header: str) -> None:
    with pytest.raises(TemplateWrong):
        parse("test", header)


def test_wrong_tag_is_refused() -> None:
    with pytest.raises(TemplateWrong, match="nosuch"):
        filled("{% nosuch %}")


@pytest.mark.parametrize(
    "body", ["### 三级标题", "![图](x.png)\n\n- 甲\n\n      code", "- | 甲 |\n  |--|\n  | 乙 |"]
)
def test_words_without_an_official_form_are_refused_or_printed_as_words(body: str) -> None:
    template = parse("test", HEADER + body)

    try:
        text = printed(template, {})
    except TemplateWrong:
        return
    assert "![图](x.png)" in text


@pytest.mark.parametrize(
    "name",
    [
        "**粗**",
        "# 题",
        "<br>甲<right>",
        "a|b|c",
        "[甲](http://x)",
        "_甲_",
        "1. 甲",
        "&lt;&#65;",
        "{{ name }}",
        "\\*",
    ],
)
def test_value_is_printed_as_it_is_and_never_as_markup(name: str) -> None:
    template = parse("test", HEADER + "{{ name }}\n\n| 名称 | 数 |\n|---|---|\n| {{ name }} | 一 |\n")

    text = printed(template, {"name": name})

    assert text.count("".join(name.split())) == 2


def test_lines_of_a_value_become_paragraphs_where_the_template_says_so() -> None:
    assert filled("{{ facts|paragraphs }}", facts="甲\n\n乙\r\n丙") == "甲\n\n乙\n\n丙"


def test_headings_are_numbered_by_the_layout() -> None:
    text = printed(parse("test", HEADER + "# 甲\n\n## 乙\n\n## 丙\n\n# 丁\n\n## 戊\n\n文。\n"), {})

    assert "一、甲（一）乙（二）丙二、丁（一）戊" in text


@pytest.mark.parametrize("kind", CONTEXTS)
def test_every_template_names_its_law_and_version(kind: str) -> None:
    template = load(kind)

    assert template.legal_basis
    assert template.version
