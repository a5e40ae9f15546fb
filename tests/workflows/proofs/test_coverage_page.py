"""docs/bpmn-coverage.md says what the code says."""

from lxml import etree

from setup.bpmn_coverage import PAGE, accepted, constructs, page, published


def test_the_page_is_as_new() -> None:
    written = PAGE.read_text(encoding="utf-8")

    assert written == page(), "write it anew: .venv/bin/python setup/bpmn_coverage.py"


def test_every_construct_of_the_published_models_is_among_the_accepted() -> None:
    used = {one for root in published("processes", "bpmn").values() for one in constructs(root)}

    assert used - set(accepted()) == set()


def test_a_construct_is_told_by_its_event_and_its_border() -> None:
    bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    event = '<boundaryEvent id="b" cancelActivity="false"><timerEventDefinition /></boundaryEvent>'
    root = etree.fromstring(f'<process xmlns="{bpmn}">{event}</process>')

    assert list(constructs(root)) == ["boundaryEvent: timer, not interrupting"]
