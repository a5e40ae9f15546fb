"""The library as it comes, playing the same drawings: what the engine's cures are measured against."""

from collections.abc import Mapping
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.util.task import TaskState


class Stock:
    """A run of the library without the engine."""

    def __init__(self, files: Mapping[str, bytes], process_id: str = "p") -> None:
        parser = BpmnParser()
        for name, content in files.items():
            parser.add_bpmn_xml(etree.fromstring(content), name)
        self.run = BpmnWorkflow(parser.get_spec(process_id), parser.get_subprocess_specs(process_id))
        self.run.do_engine_steps()

    @property
    def tasks(self) -> int:
        """How many tasks the library holds."""
        return len(self.run.get_tasks())

    @property
    def ended(self) -> bool:
        return bool(self.run.is_completed())

    def waiting(self) -> list[str]:
        """Ids of the user tasks that are ready, sorted."""
        return sorted(task.task_spec.name for task in self._ready())

    def go(self, element: str, **data: Any) -> None:
        """Complete a user task."""
        task = next(task for task in self._ready() if task.task_spec.name == element)
        task.data.update(data)
        task.run()
        self.run.do_engine_steps()

    def _ready(self) -> list[Any]:
        return list(self.run.get_tasks(state=TaskState.READY, manual=True))
