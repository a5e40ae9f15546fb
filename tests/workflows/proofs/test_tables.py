"""Decision tables over their declared inputs."""

from collections.abc import Callable

import pytest
from lxml import etree

from tests.bpmn.mutants import once, within
from workflows.proofs import tables
from workflows.proofs.drawing import read

FILE = "hearing.dmn"
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
KINDS = '"organisation", "person"'


def column(expression: str, type_of: str, values: str) -> str:
    """An input column."""
    return (
        f'<input><inputExpression typeRef="{type_of}"><text>{expression}</text></inputExpression>'
        f"<inputValues><text>{values}</text></inputValues></input>"
    )


def rule(name: str, answer: str, *cells: str) -> str:
    """A rule whose cells can be named in an edit."""
    inputs = "".join(
        f'<inputEntry id="{name}_{place}"><text>{cell}</text></inputEntry>'
        for place, cell in enumerate(cells)
    )
    return f'<rule id="{name}">{inputs}<outputEntry><text>"{answer}"</text></outputEntry></rule>'


def table(columns: list[str], *rules: str) -> str:
    """A table that answers with hearing_offer."""
    output = '<output name="hearing_offer"><outputValues><text>"offered", "not_offered"</text></outputValues></output>'
    inside = "".join([*columns, output, *rules])
    return (
        f'<definitions xmlns="{NAMESPACE}"><decision id="hearing">'
        f'<decisionTable hitPolicy="UNIQUE">{inside}</decisionTable></decision></definitions>'
    )


BY_BORDERS = table(
    [column("party_kind", "string", KINDS), column("fine_fen", "number", "&gt;= 0")],
    rule("organisation_large", "offered", '"organisation"', "&gt;= 1000000"),
    rule("organisation_small", "not_offered", '"organisation"', "&lt; 1000000"),
    rule("person_large", "offered", '"person"', "&gt;= 200000"),
    rule("person_small", "not_offered", '"person"', "&lt; 200000"),
)
BY_COMPARISON = table(
    [
        column("fine_fen &gt;= hearing_from_fen", "boolean", "true, false"),
        column("fine_fen &gt; most_fen", "boolean", "true, false"),
    ],
    rule("above", "offered", "true", "-"),
    rule("below", "not_offered", "false", "-"),
)


def reasons(edit: Callable[[str], str], text: str = BY_BORDERS) -> list[str]:
    """What is said about the table after an edit."""
    root = etree.fromstring(edit(text).encode())
    return [found.reason for found in tables.findings(read({FILE: root}))]


def test_tables_that_answer_everything_are_accepted() -> None:
    assert reasons(str) == []
    assert reasons(str, BY_COMPARISON) == []


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
        (once("<text>fine_fen</text>", "<text>fine_fen + 1</text>"), "is neither the name of a variable"),
        (
            once('"offered", "not_offered"<', '"offered"<'),
            "the output hearing_offer does not declare “not_offered”",
        ),
        (
            once("&gt;= 1000000<", "[1000000..1999999]<"),
            "no rule fits party_kind=organisation, fine_fen=2000000",
        ),
        (
            within("person_small_1", "&lt; 200000", "-"),
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


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (within("below_0", "false", "true"), "no rule fits fine_fen=0, hearing_from_fen=1, most_fen=0"),
        (within("below_0", "false", "-"), "the rules above and below both fit fine_fen=0"),
        (within("below_1", "-", "true"), "no rule fits fine_fen=0, hearing_from_fen=1"),
        (once("&gt; most_fen", "&gt; 5"), "is neither the name of a variable nor the comparison of two"),
        (
            lambda text: text.replace('"boolean"', '"number"', 1),
            "the comparison fine_fen >= hearing_from_fen must be of type boolean",
        ),
    ],
    ids=["gap", "overlap", "gap of both", "fixed number", "type"],
)
def test_tables_of_comparisons_are_tried_below_at_and_above(edit: Callable[[str], str], reason: str) -> None:
    found = reasons(edit, BY_COMPARISON)

    assert any(reason in one for one in found), found


def test_a_rule_that_no_amounts_can_reach_is_found() -> None:
    """More than the most and less than the least cannot both be when both are the same amount."""
    both = table(
        [
            column("fine_fen &gt; most_fen", "boolean", "true, false"),
            column("fine_fen &lt; most_fen", "boolean", "true, false"),
        ],
        rule("impossible", "offered", "true", "true"),
        rule("above", "offered", "true", "false"),
        rule("other", "not_offered", "false", "-"),
    )

    assert reasons(str, both) == ["the rule impossible never decides anything"]
