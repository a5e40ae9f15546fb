"""Components say in words what they show in colour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django import forms

from casework.faces import Check, ClockFace, Diagram, Fact, FileFace, Happening

DUE = datetime(2026, 12, 11, 15, 59, tzinfo=UTC)
Render = Callable[..., str]


class TwoFields(forms.Form):
    """A form with one plain field and one choice."""

    name = forms.CharField(help_text="As on the licence.")
    kind = forms.ChoiceField(widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    note = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("left", "unit", "tone", "words"),
    [
        (9, "working_day", "running", "9 working days left"),
        (3, "working_day", "running", "3 working days left"),
        (2, "working_day", "near", "2 working days left"),
        (1, "working_day", "near", "1 working day left"),
        (0, "working_day", "near", "due today"),
        (-1, "working_day", "late", "1 working day late"),
        (13, "hour", "running", "13 hours left"),
        (12, "hour", "near", "12 hours left"),
        (0, "hour", "near", "less than an hour left"),
        (4, "calendar_day", "running", "4 days left"),
        (-4, "calendar_day", "late", "4 days late"),
    ],
)
def test_legal_clock_counts_in_the_unit_of_the_law(
    left: int, unit: str, tone: str, words: str, render: Render
) -> None:
    shown = render("{% legal_clock clock %}", clock=ClockFace(DUE, left, unit))

    assert f"is-{tone}" in shown
    assert words in shown


def test_legal_clock_speaks_chinese(render: Render) -> None:
    assert "剩 3 个工作日" in render("{% legal_clock c %}", "zh-hans", c=ClockFace(DUE, 3))


@pytest.mark.parametrize(
    ("state", "word"), [("met", "kept"), ("met_late", "done late"), ("paused", "paused")]
)
def test_legal_clock_that_stopped_says_how(state: str, word: str, render: Render) -> None:
    shown = render("{% legal_clock c %}", c=ClockFace(DUE, -3, state=state))

    assert word in shown
    assert "late<" not in shown.replace("done late<", "")


def test_legal_clock_tells_how_it_was_counted_unless_brief(render: Render) -> None:
    clock = ClockFace(DUE, 3, counted=("15 working days",), provisional=True)

    full, brief = render("{% legal_clock c %}", c=clock), render("{% legal_clock c brief=True %}", c=clock)

    assert "15 working days" in full
    assert "<details" not in brief
    assert "provisional" in brief


def test_legal_clock_without_clock_says_no_deadline(render: Render) -> None:
    assert "no deadline" in render("{% legal_clock None %}")


def test_status_word_refuses_an_unknown_tone(render: Render) -> None:
    with pytest.raises(KeyError):
        render("{% status_word 'purple' 'x' %}")


def test_file_line_escapes_the_name_and_shortens_the_digest(render: Render) -> None:
    file = FileFace("<b>.jpg", 2048, "image/jpeg", "ab" * 32, "infected")

    shown = render("{% file_line f %}", f=file)

    assert "&lt;b&gt;.jpg" in shown
    assert "abababab…abab" in shown
    assert "virus found" in shown


def test_facts_show_missing_values(render: Render) -> None:
    rows = [("Party", "<i>"), Fact("Filed on"), ("Count", 0)]

    shown = render("{% facts rows %}", rows=rows)

    assert "&lt;i&gt;" in shown
    assert shown.count("not known") == 1
    assert "<dd>0</dd>" in shown


def test_checklist_says_each_state(render: Render) -> None:
    shown = render("{% checklist c %}", c=[Check("one", "done"), Check("two", "refused"), Check("three")])

    assert [shown.count(f">{word}<") for word in ("met", "not met", "open")] == [1, 1, 1]


def test_timeline_says_late_in_words(render: Render) -> None:
    assert "(late)" in render("{% timeline t %}", t=[Happening("Report", DUE, tone="late")])
    assert "Nothing has happened yet." in render("{% timeline t %}", t=[])


def test_diagram_cannot_break_out_of_its_script(render: Render) -> None:
    shown = render("{% process_diagram d %}", d=Diagram("x", "</script><b>"))

    assert "</script><b>" not in shown
    assert "No step has been taken yet." in shown


def test_decision_shows_article_and_consequence_and_escapes_them(render: Render) -> None:
    shown = render("{% decision 'Decide' article='PP 37' will=w %}<p>in</p>{% enddecision %}", w="<x>")

    assert "art. 37" in shown
    assert "&lt;x&gt;" in shown
    assert "<p>in</p>" in shown


def test_form_errors_stand_beside_the_field_and_in_a_list_that_links(render: Render) -> None:
    shown = render("{{ form }}", form=TwoFields({"note": "kept"}))

    assert '<a href="#id_name">' in shown
    assert 'id="id_name_error"' in shown
    assert 'aria-describedby="id_name_helptext id_name_error"' in shown.replace("  ", " ")
    assert 'value="kept"' in shown
    assert '<a href="#id_kind">' in shown and 'id="id_kind"' in shown


def test_form_without_errors_has_no_summary_and_marks_optional_fields(render: Render) -> None:
    shown = render("{{ form }}", form=TwoFields())

    assert "fg-error-summary" not in shown
    assert shown.count("(optional)") == 1


def test_uploader_is_a_plain_file_input_with_its_errors(render: Render) -> None:
    shown = render("{% uploader 'files' 'Photos' errors=e limit=1000 %}", e=["too large"])

    assert 'type="file" id="id_files" name="files" multiple' in shown
    assert 'aria-describedby=" id_files_error"' in shown
    assert "too large" in shown


def test_components_carry_no_inline_style_or_handler(render: Render) -> None:
    shown = render(
        "{% uploader 'f' 'F' %}{% process_diagram d %}{{ form }}", d=Diagram("x", "y"), form=TwoFields({})
    )

    assert " style=" not in shown
    assert " onclick=" not in shown
