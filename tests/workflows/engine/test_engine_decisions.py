"""Decision tables in a run."""

import pytest

from tests.workflows.engine.drawing import Drawing
from tests.workflows.engine.hosts import Play
from workflows import engine

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(*rules: tuple[str, str, str], policy: str = "UNIQUE") -> bytes:
    """A table over kind and fine_fen that gives offer."""
    rows = "".join(
        f'<rule id="r{number}"><inputEntry id="i{number}a"><text><![CDATA[{kind}]]></text></inputEntry>'
        f'<inputEntry id="i{number}b"><text><![CDATA[{fine}]]></text></inputEntry>'
        f'<outputEntry id="o{number}"><text><![CDATA[{result}]]></text></outputEntry></rule>'
        for number, (kind, fine, result) in enumerate(rules)
    )
    inputs = "".join(
        f'<input id="in_{name}"><inputExpression id="e_{name}"><text>{name}</text></inputExpression></input>'
        for name in ("kind", "fine_fen")
    )
    head = f'<decision id="offer_required" name="x"><decisionTable id="t" hitPolicy="{policy}">{inputs}'
    tail = f'<output id="out" name="offer" typeRef="string"/>{rows}</decisionTable></decision>'
    return f'<definitions xmlns="{NAMESPACE}" id="d" name="d" namespace="urn:x">{head}{tail}</definitions>'.encode()


def drawn() -> bytes:
    drawing = Drawing()
    drawing.line(drawing.start(), drawing.add("businessRuleTask", "ask", fg_decision="offer_required"))
    drawing.line("ask", drawing.person("after"), drawing.end())
    return drawing.xml()


def asked(rules: bytes, **data: object) -> object:
    """What the table gives for the data."""
    run = Play({"p.bpmn": drawn(), "t.dmn": rules}, data=data)
    return run.wait("after").data["offer"]


OFFERS = table(
    ('"organisation"', ">= 1000000", '"offered"'),
    ('"organisation"', "< 1000000", '"not_offered"'),
    ('"person"', "[200000..999999999]", '"offered"'),
    ('"person"', "[0..200000[", '"not_offered"'),
    ('"shop", "stall"', "-", '"never"'),
)


@pytest.mark.parametrize(
    ("kind", "fine", "offer"),
    [
        ("organisation", 1_000_000, "offered"),
        ("organisation", 999_999, "not_offered"),
        ("person", 200_000, "offered"),
        ("person", 199_999, "not_offered"),
        ("shop", 5, "never"),
        ("stall", 5, "never"),
    ],
)
def test_table_gives_the_word_of_the_fitting_rule(kind: str, fine: int, offer: str) -> None:
    assert asked(OFFERS, kind=kind, fine_fen=fine) == offer


def test_no_fitting_rule_fails_the_step() -> None:
    with pytest.raises(engine.StepFailed, match=r"ask: no rule of the decision offer_required fits"):
        asked(OFFERS, kind="bank", fine_fen=5)


def test_two_fitting_rules_fail_the_step_of_a_unique_table() -> None:
    rules = table(("-", "> 1", '"a"'), ("-", "> 2", '"b"'))

    with pytest.raises(engine.StepFailed, match="more than one rule"):
        asked(rules, kind="x", fine_fen=3)


def test_first_rule_wins_where_the_table_says_so() -> None:
    rules = table(("-", "> 1", '"a"'), ("-", "> 2", '"b"'), policy="FIRST")

    assert asked(rules, kind="x", fine_fen=3) == "a"


def test_words_are_not_compared_with_numbers() -> None:
    with pytest.raises(engine.StepFailed, match="is not a whole number"):
        asked(OFFERS, kind="person", fine_fen="200000")


def test_missing_input_fails_the_step() -> None:
    with pytest.raises(engine.StepFailed, match="fine_fen has not been set"):
        asked(OFFERS, kind="person")


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (table(("-", "-", "5")), "not a word"),
        (table(("-", "> 1.5", '"a"')), "only words, whole numbers"),
        (table(("-", "fine(5)", '"a"')), "Call is not allowed"),
        (table(("-", "> other", '"a"')), "fixed value"),
        (table(("-", "-", '"a"'), policy="COLLECT"), "hit policy COLLECT is not supported"),
    ],
)
def test_table_outside_the_language_is_refused_at_deploy(rules: bytes, reason: str) -> None:
    with pytest.raises(engine.ModelRefused, match=reason):
        asked(rules, kind="x", fine_fen=1)
