"""Every place at which a report, its case or its reward can stand has words for the tipster."""

from pathlib import Path

import pytest
from lxml import etree

from tips.coming_back.steps import NOT_TOLD, STEPS, step_at
from tips.coming_back.steps.tip import UNNAMED

MODELS = Path(__file__).resolve().parents[2] / "bpmn" / "processes"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
PLACES = (
    "boundaryEvent",
    "callActivity",
    "intermediateCatchEvent",
    "manualTask",
    "receiveTask",
    "serviceTask",
    "subProcess",
    "userTask",
)


def places(process: str) -> set[str]:
    """Elements at which a run of the process can wait."""
    tree = etree.parse(MODELS / f"{process}.bpmn")
    return {element.get("id") for kind in PLACES for element in tree.iter(f"{BPMN}{kind}")}


def test_every_process_is_told_or_left_out_for_a_reason() -> None:
    assert {file.stem for file in MODELS.glob("*.bpmn")} == STEPS.keys() | NOT_TOLD.keys()


@pytest.mark.parametrize("process", STEPS)
def test_every_place_of_a_told_process_has_words(process: str) -> None:
    assert places(process) <= STEPS[process].keys(), (
        "give the new element words for the tipster in tips/coming_back/steps/"
    )


@pytest.mark.parametrize("process", STEPS)
def test_an_element_without_words_would_be_noticed(process: str) -> None:
    assert step_at(process, {"an_element_of_tomorrow"}) is UNNAMED
    assert UNNAMED not in STEPS[process].values()


def test_the_steps_of_a_case_never_name_what_would_warn_the_party() -> None:
    words = " ".join(
        f"{step.word} {step.explanation} {step.next}".lower() for step in STEPS["case_handling"].values()
    )
    assert not [word for word in ("police", "penalty", "fine", "hearing", "crim") if word in words]
