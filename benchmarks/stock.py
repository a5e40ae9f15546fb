"""The same case model on SpiffWorkflow as it comes: load JSON, restore, complete, serialize, update one row."""

import json
import time
from typing import Any

from django.db import transaction
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.task_parsers import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import ManualTask
from SpiffWorkflow.util.task import TaskState

from benchmarks.case_walk import ANSWERS, OUTCOMES
from benchmarks.floors import FloorRow
from workflows import definitions

DATA = {
    "case_id": 1,
    "party_kind": "organisation",
    "filed_on": "2025-03-03",
    "due": "2099-01-01T00:00:00+08:00",
}
DECIDED = {"legal_review": "required", "hearing_offer": "not_offered", "province_report": "not_required"}


class StockParser(BpmnParser):  # type: ignore[misc]
    """Service and rule tasks become manual tasks, which the benchmark answers at once."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("serviceTask"): (TaskParser, ManualTask),
        full_tag("businessRuleTask"): (TaskParser, ManualTask),
    }


def stock_cpu_ms(cases: int = 4) -> float:
    """CPU milliseconds of one completed user task."""
    serializer = BpmnWorkflowSerializer()
    spent, steps = 0.0, 0
    for _ in range(cases):
        row = FloorRow.objects.create(state=_new(serializer))
        while True:
            begin = time.process_time()
            if not _complete_one(serializer, row.pk):
                break
            spent += time.process_time() - begin
            steps += 1
    return spent * 1000 / steps


def _new(serializer: BpmnWorkflowSerializer) -> bytes:
    parser = StockParser()
    for name, text in definitions.sources().items():
        if name.endswith(".bpmn"):
            parser.add_bpmn_str(text)
    workflow = BpmnWorkflow(parser.get_spec("case_handling"), parser.get_subprocess_specs("case_handling"))
    workflow.data.update(DATA)
    workflow.task_tree.data.update(DATA)
    _settle(workflow)
    return json.dumps(serializer.to_dict(workflow)).encode()


def _complete_one(serializer: BpmnWorkflowSerializer, row_id: int) -> bool:
    with transaction.atomic():
        row = FloorRow.objects.select_for_update().get(pk=row_id)
        workflow = serializer.from_dict(json.loads(bytes(row.state)))
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if task is None:
            return False
        task.data.update(OUTCOMES[task.task_spec.name])
        task.run()
        _settle(workflow)
        row.state = json.dumps(serializer.to_dict(workflow)).encode()
        row.save(update_fields=["state"])
    return True


def _settle(workflow: Any) -> None:
    """Run the engine and answer what stands for service and rule tasks."""
    answers = DECIDED | {key: value for answer in ANSWERS.values() for key, value in answer.items()}
    while True:
        workflow.do_engine_steps()
        idle = [
            task
            for task in workflow.get_tasks(state=TaskState.READY, manual=True)
            if task.task_spec.name not in OUTCOMES
        ]
        if not idle:
            return
        for task in idle:
            task.data.update(answers)
            task.run()
