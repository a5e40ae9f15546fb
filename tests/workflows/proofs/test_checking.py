"""The real models pass; each mistake is found, once and with its own reason."""

import pytest
from lxml import etree

from tests.bpmn.mutants import FIVE, MORE, Mutant
from tests.bpmn.mutants_of_runs import RUNS
from tests.bpmn.real_models import known, real_sources
from workflows.proofs import Finding, check, check_models


def test_check_models_finds_nothing_in_the_real_models() -> None:
    assert check_models(real_sources(), known()) == []


@pytest.mark.parametrize("mutant", [*FIVE, *MORE, *RUNS], ids=lambda mutant: mutant.name)
def test_check_models_finds_exactly_the_mistake_and_the_way_there(mutant: Mutant) -> None:
    found = check_models(mutant.sources(), known())

    expected = Finding(mutant.found_in or mutant.file, mutant.element, mutant.reason)
    assert found == sorted([expected, *(Finding(*more) for more in mutant.also)])
    way = " ".join(passage.element for passage in found[found.index(expected)].path)
    assert way.endswith(mutant.way)


def test_every_mistake_of_a_run_has_its_way() -> None:
    assert [mutant.name for mutant in RUNS if not mutant.way] == ["message_to_nobody"]
    assert len(RUNS) >= 20


def test_a_model_with_too_many_states_is_not_proved() -> None:
    checked = check(real_sources(), known(), most_states=100)

    assert [(one.element, one.reason) for one in checked.findings] == [
        ("case_handling", "not proved: a run has more than 100 states")
    ]


def test_check_models_names_the_file_that_is_no_xml() -> None:
    found = check_models({**real_sources(), "broken.bpmn": b"<definitions>"}, known())

    assert [finding.file for finding in found] == ["broken.bpmn"]
    assert "not well-formed" in found[0].reason


def test_check_models_passes_on_what_only_the_engine_refuses() -> None:
    sources = dict(real_sources())
    text = sources["tip_reward.bpmn"].decode()
    sources["tip_reward.bpmn"] = text.replace(
        'approval == "approved"', 'len(approval) == "approved"'
    ).encode()

    found = check_models(sources, known())

    assert [finding.file for finding in found] == ["tip_reward.bpmn"]
    assert "Call is not allowed in an expression" in found[0].reason


@pytest.mark.parametrize("file", sorted(real_sources()))
def test_a_model_is_valid_by_the_schema_of_its_standard(file: str) -> None:
    # The schemas of the standards come with the library.
    from importlib.resources import files

    parsers = {".bpmn": ("bpmn", "BPMN20.xsd"), ".dmn": ("dmn", "DMN13.xsd")}
    package, name = parsers[file[file.rindex(".") :]]
    schema = etree.XMLSchema(etree.parse(str(files(f"SpiffWorkflow.{package}.parser") / "schema" / name)))

    schema.assertValid(etree.fromstring(real_sources()[file]))
