"""Operations of enforcement that the models may call."""

from collections.abc import Mapping
from typing import Any

from enforcement.models import PoliceTransfer
from workflows.registry import OperationCall, compute


@compute("enforcement.record_transfer")
def record_transfer(call: OperationCall) -> Mapping[str, Any]:
    """Note in the run that the case was handed to the police: a report to the province is due (JS19 pt 9)."""
    handed_over = PoliceTransfer.objects.filter(case_id=call.run.subject_id, handed_over_at__isnull=False)
    return {"transferred": handed_over.exists(), "report_event": "transferred"}
