"""No string of the product without its Chinese, no step of a model without its English."""

import re
from pathlib import Path

import polib
import pytest

from setup.strings import in_code, in_template, missing

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
STEP = re.compile(
    r"<(?:\w+:)?(?:userTask|serviceTask|receiveTask|callActivity|\w*Event)\b[^>]*\bname=\"([^\"]+)\""
)


def test_every_string_of_code_and_templates_has_a_chinese_translation():
    assert [f"{one.place}: {one.msgid}" for one in missing()] == []


def test_every_step_of_the_models_has_an_english_name():
    named = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
    known = {entry.msgid for entry in named if entry.translated()}
    drawn = {
        name
        for file in (ROOT / "bpmn/processes").glob("*.bpmn")
        for name in STEP.findall(file.read_text("utf-8"))
    }
    assert drawn - known == set()


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_the_places_for_values(catalogue):
    place = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(catalogue))
        if entry.msgstr and sorted(place.findall(entry.msgid)) != sorted(place.findall(entry.msgstr))
    ]
    assert wrong == []


def test_the_search_for_strings_sees_code_and_templates():
    assert [
        one.msgid for one in in_code('x = _("Take") + str(ngettext("%(n)s file", "%(n)s files", 2))', "a.py")
    ] == [
        "Take",
        "%(n)s file",
    ]
    one = '{% load i18n %}{% translate "Take it" as word %}'
    source = one + "{% blocktranslate trimmed %}Until {{ day }}.{% endblocktranslate %}"
    assert [one.msgid for one in in_template(source, "a.html")] == ["Take it", "Until %(day)s."]
