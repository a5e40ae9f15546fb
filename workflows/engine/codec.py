"""A run as bytes and back.

Format 1: the version number, a letter (`j` plain, `z` compressed) and a JSON array of the head (start of the
digest, last task id, end mark, tag mark), the data (each dictionary once), when their values were written, and per
open process its tasks.
"""

from collections.abc import Callable, Mapping
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
_LEVEL = 3


def save(run: Run) -> bytes:
    """The run as bytes; the same run gives the same bytes."""
    shelf = _Shelf(keep_written=any(_tokens(scope) > 1 for scope in run.scopes()))
    scopes = [_scope(scope, shelf) for scope in run.scopes()]
    tagger = _Tagger()
    datas = orjson.dumps(shelf.datas, default=tagger, option=orjson.OPT_PASSTHROUGH_DATETIME)
    tasks = orjson.dumps(scopes, default=tagger, option=orjson.OPT_PASSTHROUGH_DATETIME)
    head = orjson.dumps([run.definition.digest[:_HEAD], run.last_id, int(run.completed), int(tagger.used)])
    content = b"[%b,%b,%b,%b]" % (head, datas, orjson.dumps(shelf.written), tasks)
    return _stored(content)


def restore(definition: Definition, state: bytes, host: Host) -> Run:
    """The run of a stored state. Raises: StateRefused."""
    (digest, last_id, ended, tagged), datas, written, scopes = _content(state)
    if digest != definition.digest[:_HEAD]:
        raise StateRefused("the state belongs to another definition")
    if tagged:
        datas, scopes = _untag(datas), _untag(scopes)
    moments = [
        dict(zip(data, row, strict=True)) if row else {} for data, row in zip(datas, written, strict=True)
    ]
    run = Run(definition, host, scopes[0][1])
    run.completed, run.last_id = bool(ended), last_id
    for parent_id, spec_name, tasks in scopes:
        scope: Run | SubRun = run
        if parent_id:
            scope = SubRun(run.subprocess_specs[spec_name], parent_id, run)
            run.subprocesses[parent_id] = scope
        _fill(scope, tasks, datas, moments)
    return run


def relabelled(state: bytes, digest: str, name_of: Callable[[str], str]) -> bytes:
    """The same state for another definition, in which specs have other names."""
    head, datas, written, scopes = _content(state)
    head[0] = digest[:_HEAD]
    for scope in scopes:
        scope[1] = name_of(scope[1])
        for task in scope[2]:
            task[2] = name_of(task[2])
            for internal in task[5:]:
                if "source" in internal:
                    internal["source"] = name_of(internal["source"])
    return _stored(orjson.dumps([head, datas, written, scopes]))


def as_json_values(value: Any) -> Any:
    """A value of process data as JSON can hold it."""
    return orjson.loads(orjson.dumps(value, default=_Tagger(), option=orjson.OPT_PASSTHROUGH_DATETIME))


def from_json_values(value: Any) -> Any:
    """The value of process data that was made into JSON values."""
    return _untag(value)


class _Shelf:
    """The data of all tasks, each dictionary once.

    When every process has but one token nothing can be merged with anything, and the moments of writing are dropped.
    """

    def __init__(self, *, keep_written: bool) -> None:
        self.keep_written = keep_written
        self.datas: list[dict[str, Any]] = []
        self.written: list[list[int] | int] = []
        self.places: dict[tuple[int, int], int] = {}

    def place(self, task: RunTask) -> int:
        """Number of the data of a task."""
        key = (id(task.data), id(task.written) if self.keep_written else 0)
        place = self.places.get(key)
        if place is None:
            place = self.places[key] = len(self.datas)
            self.datas.append(task.data)
            self.written.append(self._moments(task))
        return place

    def _moments(self, task: RunTask) -> list[int] | int:
        moments = [task.written.get(name, 0) for name in task.data] if self.keep_written else []
        return moments if any(moments) else 0


def _stored(content: bytes) -> bytes:
    if len(content) > COMPRESS_ABOVE:
        return bytes([VERSION]) + b"z" + zstandard.compress(content, _LEVEL)
    return bytes([VERSION]) + b"j" + content


def _tokens(scope: Run | SubRun) -> int:
    return sum(task.unfinished for task in scope.tasks.values())


def _content(state: bytes) -> Any:
    if len(state) < 2 or state[0] != VERSION:
        raise StateRefused(f"the state has format {state[0] if state else 'none'}, known is {VERSION}")
    content = state[2:]
    return orjson.loads(zstandard.decompress(content) if state[1:2] == b"z" else content)


def _scope(scope: Run | SubRun, shelf: _Shelf) -> list[Any]:
    tasks = []
    for task in scope.tasks.values():
        row = [task.id, task._parent or 0, task.task_spec.name, task._state, shelf.place(task)]
        tasks.append([*row, task.internal_data] if task.internal_data else row)
    return [scope.parent_task_id or 0, scope.spec.name, tasks]


def _fill(
    scope: Run | SubRun, tasks: list[list[Any]], datas: list[dict[str, Any]], moments: list[dict[str, int]]
) -> None:
    specs = scope.spec.task_specs
    for task_id, parent_id, name, state, place, *internal in tasks:
        task = RunTask(scope, specs[name], scope.tasks.get(parent_id), state, task_id)
        task.data, task.written = datas[place], moments[place]
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
