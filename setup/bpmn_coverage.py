"""Writes docs/bpmn-coverage.md: what of BPMN and DMN the engine runs, what its tests play, what the models use.

`.venv/bin/python setup/bpmn_coverage.py` writes the page anew. Every line comes from code: the lists of the engine,
the random models that the token game of the tests plays, and the published files.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from tests.workflows.engine.random_blocks import Grower  # noqa: E402
from tests.workflows.engine.random_models import RandomModel  # noqa: E402
from workflows.engine import decisions, refusals  # noqa: E402
from workflows.engine.refusals import definitions_of, local  # noqa: E402

PAGE = ROOT / "docs/bpmn-coverage.md"
FIRST_SEED, MODELS = 20260301, 120
# Where an author's other mistakes are refused: rules about elements that are accepted as such.
RULES = ("refusals", "structure", "drawn_instances", "inclusive_blocks")
_ALONE = {"intermediateCatchEvent", "boundaryEvent"}
_SEVERAL = "multiInstanceLoopCharacteristics"


def accepted() -> list[str]:
    """Every construct that the engine takes, by the lists it refuses by."""
    found = []
    for name in sorted(refusals.FLOW_NODES):
        kinds = sorted(refusals._EVENT_DEFINITIONS.get(name, set()))
        marks = [", interrupting", ", not interrupting"] if name == "boundaryEvent" else [""]
        found += [] if name in _ALONE else [name]
        found += [f"{name}: {kind}{mark}" for kind in kinds for mark in marks]
    if _SEVERAL not in refusals._REFUSED_ELEMENTS:
        orders = ("parallel", "sequential")
        found += [f"several instances, {order}" for order in orders]
        found += [f"several instances of a call (child runs), {order}" for order in orders]
    return [*found, "flow with a condition", "default flow"]


def constructs(root: Any) -> Iterator[str]:
    """The constructs of a file, in the words of `accepted`."""
    for node in root.iter():
        name = local(node)
        if name in refusals.FLOW_NODES:
            yield _with_event(node, name)
            if node.get("default"):
                yield "default flow"
        elif name == _SEVERAL:
            of_what = " of a call (child runs)" if local(node.getparent()) == "callActivity" else ""
            yield f"several instances{of_what}, {'sequential' if node.get('isSequential') == 'true' else 'parallel'}"
        elif name == "conditionExpression":
            yield "flow with a condition"


def _with_event(node: Any, name: str) -> str:
    kinds = definitions_of(node)
    if not kinds:
        return name
    mark = ""
    if name == "boundaryEvent":
        mark = ", not interrupting" if node.get("cancelActivity") == "false" else ", interrupting"
    return f"{name}: {kinds[0]}{mark}"


def played() -> set[str]:
    """The constructs in the first random models that engine and token game are compared on."""
    files = (RandomModel(Grower(Random(FIRST_SEED + number)).model()).files for number in range(MODELS))
    return {
        one for model in files for content in model.values() for one in constructs(etree.fromstring(content))
    }


def published(folder: str, ending: str) -> dict[str, Any]:
    """Root elements of the published files by the name of the model."""
    files = sorted((ROOT / "bpmn" / folder).glob(f"*.{ending}"))
    return {file.stem: etree.fromstring(file.read_bytes()) for file in files}


def page() -> str:
    """The whole page."""
    models = {name: list(constructs(root)) for name, root in published("processes", "bpmn").items()}
    known, covered = accepted(), played()
    rows = [
        [
            f"`{one}`",
            "yes" if one in covered else "–",
            *(str(used.count(one) or "–") for used in models.values()),
        ]
        for one in known
    ]
    refused = [[f"`{name}`", sentence] for name, sentence in sorted(refusals._REFUSED_ELEMENTS.items())]
    return "\n".join(
        [
            "# What of BPMN and DMN is supported",
            "",
            "Written by `.venv/bin/python setup/bpmn_coverage.py` from the code; a test fails when it is stale.",
            "",
            "## Accepted (可用元素)",
            "",
            f"*Played*: the construct occurs in the first {MODELS} random models on which engine and token game",
            "(`tests/workflows/engine/oracle.py`) are compared, saved and restored at each step. What is not played",
            "there has tests of its own in `tests/workflows/engine/`. The last columns count the construct in the",
            "published models.",
            "",
            *_table(["Construct", "Played", *models], rows),
            "",
            "## Refused (不可用元素)",
            "",
            "A model that holds one of these is not compiled; its author reads the sentence.",
            "",
            *_table(["Element", "Sentence"], refused),
            "",
            "Rules for what is accepted as such:",
            "",
            *(f"- {sentence}" for sentence in rules()),
            "",
            "## Decision tables (决策表)",
            "",
            f"Hit policies: {', '.join(sorted(decisions._HIT_POLICIES))}. Other policies, other decision logic than a",
            "table, numbers as outputs and functions in cells are refused. Cells hold `-`, words, whole numbers, true",
            "and false, the comparisons `<` `<=` `>` `>=` `=` `!=`, intervals and lists. An input is a variable or the",
            "comparison of two.",
            "",
            *_table(["Table", "Policy", "Inputs", "Rules"], list(_tables())),
            "",
        ]
    )


def rules() -> list[str]:
    """Sentences with which the engine's reader refuses an element for how it is drawn."""
    found: dict[str, None] = {}
    for name in RULES:
        file = ROOT / f"workflows/engine/{name}.py"
        if file.exists():
            found.update(dict.fromkeys(_yielded(ast.parse(file.read_text(encoding="utf-8")))))
    return sorted(found)


def _yielded(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Yield) or node.value is None:
            continue
        last = node.value.elts[-1] if isinstance(node.value, ast.Tuple) else node.value
        for part in (last.body, last.orelse) if isinstance(last, ast.IfExp) else (last,):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value
            elif isinstance(part, ast.JoinedStr):
                yield "".join(p.value if isinstance(p, ast.Constant) else "…" for p in part.values)


def _tables() -> Iterator[list[str]]:
    for name, root in published("decisions", "dmn").items():
        table = root.find(".//{*}decisionTable")
        inputs = [f"`{column.findtext('.//{*}text')}`" for column in table.findall("{*}input")]
        rows = len(table.findall("{*}rule"))
        yield [f"`{name}`", table.get("hitPolicy", "UNIQUE"), ", ".join(inputs), str(rows)]


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
