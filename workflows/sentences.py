"""Sentences of the rules in rows: stored untranslated, shown in the reader's language."""

from typing import Any

from django.utils.translation import gettext

from workflows.rules.texts import Text


def to_json(sentence: Text) -> dict[str, Any]:
    """A sentence as JSON: its template and its values."""
    values = {k: to_json(v) if isinstance(v, Text) else _plain(v) for k, v in sentence.values}
    return {"msgid": sentence.msgid, "values": values}


def shown(stored: dict[str, Any]) -> str:
    """A stored sentence in the active language."""
    return _restored(stored).render(gettext)


def _restored(stored: dict[str, Any]) -> Text:
    values = tuple((k, _restored(v) if isinstance(v, dict) else v) for k, v in stored["values"].items())
    return Text(stored["msgid"], values)


def _plain(value: object) -> object:
    return value if isinstance(value, int | str) else str(value)
