"""Decision tables over their declared inputs."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.bpmn.mutants import once, within
from tests.bpmn.real_models import real_sources
from workflows.proofs import tables
from workflows.proofs.drawing import read

FILE = "hearing_offer_required.dmn"


def reasons(edit: Callable[[str], str]) -> list[str]:
    """What is said about the table after an edit."""
    text = edit(real_sources()[FILE].decode())
    return [found.reason for found in tables.findings(read({FILE: etree.fromstring(text.encode())}))]


def test_tables_accept_an_overlap_where_the_first_rule_wins() -> None:
    overlapping = once("&lt; 200000<", "&lt;= 200000<")

    assert reasons(lambda text: overlapping(text).replace('"UNIQUE"', '"FIRST"')) == []


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (once('"organisation", "person"<', '"organisation"<'), "never decides anything"),
        (once('"organisation", "person"<', "<"), "the input party_kind declares no allowed values"),
        (
            once('typeRef="number"', 'typeRef="money"'),
            "the input fine_fen must be of type string, number or boolean",
        ),
        (once("<text>fine_fen</text>", "<text>fine_fen + 1</text>"), "is not the name of a variable"),
        (
            once('"offered", "not_offered"<', '"offered"<'),
            "the output hearing_offer does not declare “not_offered”",
        ),
        (
            once("&gt;= 1000000<", "[1000000..1999999]<"),
            "no rule fits party_kind=organisation, fine_fen=2000000",
        ),
        (
            within("hearing_offer_required_person_small_fine_fen", "&lt; 200000", "-"),
            "both fit party_kind=person",
        ),
        (once("&gt;= 1000000<", "f(1)<"), "is not allowed in an expression"),
    ],
    ids=[
        "dead rule",
        "no values",
        "type",
        "sum as input",
        "output",
        "gap above",
        "overlap",
        "unreadable cell",
    ],
)
def test_tables_are_refused(edit: Callable[[str], str], reason: str) -> None:
    assert any(reason in found for found in reasons(edit)), reasons(edit)
