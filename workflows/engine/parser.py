"""BPMN and DMN files → a compiled model, or one clear sentence why not."""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser, TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask

from .decisions import Table, read_table
from .definition import pack
from .drawn_instances import DrawnInstances, drawn_instances, instance_problems
from .elements import ElementReader, inputs_of, variables_of
from .errors import ModelRefused
from .expressions import names_in
from .inclusive_blocks import unpaired_gateways
from .model import Compiled, Element
from .refusals import BPMN, local, refusals
from .restoring import BusinessRuleTask, spec_to_json
from .structure import loose_ends


class ModelParser(BpmnParser):
    """The library's parser, with business rule tasks."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("serviceTask"): (TaskParser, ServiceTask),
        full_tag("businessRuleTask"): (TaskParser, BusinessRuleTask),
    }


def compile_model(
    sources: Mapping[str, bytes], process_id: str, *, operations: Mapping[str, str] | None = None
) -> Compiled:
    """Compile a process with everything that it calls and decides by.

    `sources`: file name → BPMN or DMN bytes; more than needed does no harm. `operations`: name → "compute" or
    "effect".
    Raises: ModelRefused.
    """
    return _Compiler(sources, operations or {}).compile(process_id)


class _Compiler:
    def __init__(self, sources: Mapping[str, bytes], operations: Mapping[str, str]) -> None:
        self.operations = operations
        self.roots = {file: _read_xml(file, content) for file, content in sorted(sources.items())}
        self.processes = dict(self._find("process"))
        self.decisions = dict(self._find("decision"))
        self.elements: dict[str, Element] = {}
        self.tables: dict[str, Table] = {}
        self.called: dict[str, None] = {}
        self.instances: dict[str, DrawnInstances] = {}
        self.path: list[str] = []

    def compile(self, process_id: str) -> Compiled:
        self._read_process(process_id, "", "")
        self._check_names(process_id)
        parser = self._parser()
        specs = {name: self._spec(parser, name) for name in self.called}
        variables = {name: list(variables_of(self.processes[name][1])) for name in self.called}
        title = self.processes[process_id][1].get("name") or process_id
        inner = {
            name: spec_to_json(spec) for main in specs for name, spec in _inner_specs(parser, main).items()
        }
        everything = {**inner, **{name: spec_to_json(spec) for name, spec in specs.items()}}
        digest, payload = pack(process_id, title, everything, variables, self.elements)
        return Compiled(digest, process_id, title, payload, dict(self.elements))

    def _find(self, name: str) -> Iterator[tuple[str, tuple[str, Any]]]:
        found: dict[str, str] = {}
        for file, root in self.roots.items():
            for node in root.iter("{*}" + name):
                if node.get("id") in found:
                    raise ModelRefused(
                        file, node.get("id"), f"this id is used in {found[node.get('id')]} too"
                    )
                found[node.get("id")] = file
                yield node.get("id"), (file, node)

    def _read_process(self, process_id: str, file: str, caller: str) -> None:
        if process_id in self.path:
            raise ModelRefused(file, caller, f"the process {process_id} calls itself")
        if process_id in self.called:
            return
        if process_id not in self.processes:
            raise ModelRefused(file, caller, f"the process {process_id} is not among the files")
        file, process = self.processes[process_id]
        for place, reason in _problems(process):
            raise ModelRefused(file, place, reason)
        self.called[process_id] = None
        for element in ElementReader(file, process, self.operations).elements():
            self._add(file, element)
        self.instances.update(
            (node.get("id"), drawn) for node in process.iter() if (drawn := drawn_instances(node)) is not None
        )
        self.path.append(process_id)
        self._read_called(file, process_id)
        self.path.pop()

    def _read_called(self, file: str, process_id: str) -> None:
        for element in [e for e in self.elements.values() if e.process_id == process_id]:
            if element.kind in ("call", "calls"):
                self._read_process(element.called or "", file, element.element_id)
            if element.decision is not None:
                self.tables[element.decision] = self._table(file, element)

    def _add(self, file: str, element: Element) -> None:
        other = self.elements.get(element.element_id)
        if other is not None:
            raise ModelRefused(
                file, element.element_id, f"this id is used in the process {other.process_id} too"
            )
        self.elements[element.element_id] = element

    def _table(self, file: str, element: Element) -> Table:
        if element.decision not in self.decisions:
            raise ModelRefused(
                file, element.element_id, f"the decision {element.decision} is not among the files"
            )
        dmn_file, node = self.decisions[element.decision]
        return read_table(node, dmn_file)

    def _check_names(self, process_id: str) -> None:
        """Refuse a condition over a variable that nothing sets, if the process says what it starts with."""
        known = inputs_of(self.processes[process_id][1])
        if known is None:
            return
        for name in self.called:
            process = self.processes[name][1]
            known |= set(variables_of(process)) | (inputs_of(process) or set())
        known |= {variable.name for element in self.elements.values() for variable in element.sets}
        known |= {name for drawn in self.instances.values() for name in drawn.sets}
        known |= {output for table in self.tables.values() for output in table["outputs"]}
        for element in self.elements.values():
            for variable in sorted(self._asked(element) - known):
                file = self.processes[element.process_id][0]
                raise ModelRefused(file, element.element_id, f"nothing sets the variable {variable}")

    def _asked(self, element: Element) -> set[str]:
        texts = [branch.condition for branch in element.branches if branch.condition]
        if element.decision is not None:
            texts += self.tables[element.decision]["inputs"]
        asked = {name for text in texts for name in names_in(text)}
        drawn = self.instances.get(element.element_id)
        return asked | drawn.asked if drawn else asked

    def _parser(self) -> ModelParser:
        parser = ModelParser()
        for file in dict.fromkeys(self.processes[name][0] for name in self.called):
            try:
                parser.add_bpmn_xml(self.roots[file], filename=file)
            except ValidationException as error:
                raise ModelRefused(file, str(getattr(error, "id", "")), str(error)) from error
        return parser

    def _spec(self, parser: ModelParser, process_id: str) -> Any:
        file = self.processes[process_id][0]
        try:
            spec = parser.get_spec(process_id)
            parser.get_subprocess_specs(process_id)
        # The library's own error paths raise TypeError and others instead of their message.
        except Exception as error:
            raise ModelRefused(file, str(getattr(error, "id", "")) or process_id, str(error)) from error
        for inner in (spec, *_inner_specs(parser, process_id).values()):
            self._finish_spec(inner)
        return spec

    def _finish_spec(self, spec: Any) -> None:
        spec.file = None
        for task_spec in spec.task_specs.values():
            element = self.elements.get(task_spec.name)
            task_spec.documentation = None
            if element is None:
                continue
            if element.kind in ("compute", "effect"):
                task_spec.extensions = {"kind": element.kind, "operation": element.operation}
            elif element.kind == "decision":
                task_spec.extensions = {"table": self.tables[element.decision or ""]}
            elif element.kind in ("exclusive", "inclusive"):
                _order_branches(task_spec, element)


def _problems(process: Any) -> Iterator[tuple[str, str]]:
    """Element id and sentence for everything that cannot be run; later checks rely on the earlier ones."""
    yield from refusals(process)
    for node in process.iter(f"{{{BPMN}}}multiInstanceLoopCharacteristics"):
        yield from instance_problems(node)
    yield from loose_ends(process)
    for scope in (process, *(node for node in process.iter() if local(node) == "subProcess")):
        yield from unpaired_gateways(scope)


def _order_branches(task_spec: Any, element: Element) -> None:
    """Conditions are tried in the order of the file, not from top to bottom of the diagram."""
    order = {
        (branch.condition, branch.target): place for place, branch in reversed([*enumerate(element.branches)])
    }
    task_spec.cond_task_specs.sort(key=lambda pair: order[_condition_and_target(*pair)])


def _condition_and_target(condition: Any, target: str) -> tuple[str | None, str]:
    text = condition.args[0].strip() if condition is not None else None
    return text, target.removesuffix(".BoundaryEventSplit")


def _inner_specs(parser: ModelParser, process_id: str) -> dict[str, Any]:
    """Specs of the sub-processes drawn in a process and of what it calls."""
    found: dict[str, Any] = parser.get_subprocess_specs(process_id)
    return found


def _read_xml(file: str, content: bytes) -> Any:
    reader = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, reader)
    except etree.XMLSyntaxError as error:
        raise ModelRefused(file, "", f"the file is not well-formed XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ModelRefused(file, "", "a document type declaration is not allowed")
    return root
