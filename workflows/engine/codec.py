"""A run as bytes and back.

Format 1: the version number, a letter (`j` plain, `z` compressed) and a JSON array of the head (start of the
digest, last task id, end mark, tag mark), the data (each dictionary once), and per open process its tasks.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
import zstandard

from .definition import Definition
from .errors import StateRefused
from .model import Host
from .runs import Run, SubRun
from .tasks import RunTask

VERSION = 1
COMPRESS_ABOVE = 4096
_HEAD = 16
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME
_COMPRESSOR_LEVEL = 3


def save(run: Run) -> bytes:
    """The run as bytes; the same run gives the same bytes."""
    datas: list[dict[str, Any]] = []
    places: dict[int, int] = {}
    scopes = [_scope(run, scope, datas, places) for scope in run.scopes()]
    # `tagged` must stand before the data are read back, so the data are written first.
    tagger = _Tagger()
    written = orjson.dumps(datas, default=tagger, option=_OPTIONS)
    head = orjson.dumps([run.definition.digest[:_HEAD], run.last_id, int(run.completed), int(tagger.used)])
    content = b"[%b,%b,%b]" % (head, written, orjson.dumps(scopes))
    if len(content) > COMPRESS_ABOVE:
        return bytes([VERSION]) + b"z" + zstandard.compress(content, _COMPRESSOR_LEVEL)
    return bytes([VERSION]) + b"j" + content


def restore(definition: Definition, state: bytes, host: Host) -> Run:
    """The run of a stored state. Raises: StateRefused."""
    (digest, last_id, ended, tagged), datas, scopes = _content(state)
    if digest != definition.digest[:_HEAD]:
        raise StateRefused("the state belongs to another definition")
    if tagged:
        datas = [_untag(data) for data in datas]
    run = Run(definition, host)
    run.completed, run.last_id = bool(ended), last_id
    for parent_id, spec_name, tasks in scopes:
        scope: Run | SubRun = run
        if parent_id:
            scope = SubRun(run.subprocess_specs[spec_name], parent_id, run)
            run.subprocesses[parent_id] = scope
        _fill(scope, tasks, datas)
    return run


def _content(state: bytes) -> Any:
    if len(state) < 2 or state[0] != VERSION:
        raise StateRefused(f"the state has format {state[0] if state else 'none'}, known is {VERSION}")
    content = state[2:]
    return orjson.loads(zstandard.decompress(content) if state[1:2] == b"z" else content)


def _scope(run: Run, scope: Any, datas: list[dict[str, Any]], places: dict[int, int]) -> list[Any]:
    tasks = []
    for task in scope.tasks.values():
        place = places.get(id(task.data))
        if place is None:
            place = places[id(task.data)] = len(datas)
            datas.append(task.data)
        row = [task.id, task._parent or 0, task.task_spec.name, task._state, place]
        tasks.append([*row, task.internal_data] if task.internal_data else row)
    return [scope.parent_task_id or 0, scope.spec.name, tasks]


def _fill(scope: Run | SubRun, tasks: list[list[Any]], datas: list[dict[str, Any]]) -> None:
    specs = scope.spec.task_specs
    for task_id, parent_id, name, state, place, *internal in tasks:
        task = RunTask(scope, specs[name], scope.tasks.get(parent_id), state, task_id)
        task.data = datas[place]
        if internal:
            task.internal_data = internal[0]


class _Tagger:
    """Writes what JSON lacks, and remembers that it did: only then is the data searched on the way back."""

    def __init__(self) -> None:
        self.used = False

    def __call__(self, value: Any) -> Mapping[str, str]:
        self.used = True
        if isinstance(value, Decimal):
            return {"$decimal": str(value)}
        if isinstance(value, datetime):
            return {"$datetime": value.isoformat()}
        if isinstance(value, date):
            return {"$date": value.isoformat()}
        raise TypeError(f"process data cannot hold {value!r}")


def _untag(value: Any) -> Any:
    if isinstance(value, list):
        return [_untag(item) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        [(key, text)] = value.items()
        reader = _READERS.get(key)
        if reader is not None:
            return reader(text)
    return {key: _untag(item) for key, item in value.items()}


_READERS: dict[str, Any] = {
    "$decimal": Decimal,
    "$datetime": datetime.fromisoformat,
    "$date": date.fromisoformat,
}
