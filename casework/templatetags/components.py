"""The component library: one tag and one template in templates/components for each thing shown often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casework.faces import Check, ClockFace, Diagram, Fact, FileFace, Happening, Tab

register = template.Library()

STATUS_ICONS = {
    "open": "circle",
    "active": "dot-circle",
    "done": "check-circle",
    "late": "clock-alert",
    "refused": "x-circle",
    "paused": "pause-circle",
    "void": "archive",
}
CLOCK_ICONS = {
    "running": "clock",
    "near": "bell",
    "late": "clock-alert",
    "paused": "pause-circle",
    "met": "check-circle",
    "met-late": "alert",
}
FILE_STATES = {
    "receiving": ("active", _("being received")),
    "scanning": ("active", _("being checked for viruses")),
    "unscanned": ("open", _("not checked for viruses")),
    "stored": ("done", _("stored")),
    "sealed": ("done", _("sealed")),
    "infected": ("refused", _("virus found, kept locked")),
    "broken": ("refused", _("fingerprint does not match")),
    "destroyed": ("void", _("destroyed as ordered")),
}
CHECKS = {
    "done": ("check-circle", _("met")),
    "refused": ("x-circle", _("not met")),
    "open": ("circle", _("open")),
}
NOTICES = {"info": "info", "done": "check-circle", "warning": "alert", "error": "x-circle"}


@register.inclusion_tag("components/status_word.html")
def status_word(tone: str, word: str) -> dict[str, Any]:
    """A status as icon and word; `tone` is open, active, done, late, refused, paused or void."""
    return {"tone": tone, "word": word, "icon_name": STATUS_ICONS[tone]}


@register.inclusion_tag("components/legal_clock.html")
def legal_clock(clock: ClockFace | None, brief: bool = False) -> dict[str, Any]:
    """What is left of a legal period; `brief` leaves out how it was counted (for tables)."""
    if clock is None:
        return {"clock": None}
    return {
        "clock": clock,
        "over": abs(clock.left or 0),
        "icon_name": CLOCK_ICONS[clock.tone],
        "brief": brief,
    }


@register.inclusion_tag("components/person.html")
def person(
    name: str, role: str = "", bureau: str = "", certificate: str = "", url: str = ""
) -> dict[str, Any]:
    """A person with the role in which they act."""
    return {"name": name, "role": role, "bureau": bureau, "certificate": certificate, "url": url}


def _file_icon(media_type: str) -> str:
    kind = media_type.partition("/")[0]
    return {"image": "image", "video": "film", "audio": "megaphone", "text": "file-text"}.get(kind, "file")


@register.inclusion_tag("components/file_line.html")
def file_line(file: FileFace) -> dict[str, Any]:
    """A file with type, size, short fingerprint, state and the way to its custody."""
    tone, word = FILE_STATES[file.state]
    return {"file": file, "tone": tone, "word": word, "icon_name": _file_icon(file.media_type)}


@register.inclusion_tag("components/uploader.html")
def uploader(
    name: str,
    label: str,
    *,
    begin_url: str = "",
    tus_url: str = "",
    tus_limit: int = 0,
    accept: str = "",
    multiple: bool = True,
    help_text: str = "",
    errors: Sequence[str] = (),
    camera: bool = True,
    required: bool = False,
    limit: int = 0,
) -> dict[str, Any]:
    """A place for files: a plain file input without JavaScript; with `begin_url` straight to the store;
    with `tus_url` in parts through this site (tus 1.0), `tus_limit` bytes at most; a form not sent yet names its
    basket in a hidden entry.

    `limit` is the greatest size of one file in bytes, 0 for none.
    """
    return {**locals(), "id": f"id_{name}"}


@register.inclusion_tag("components/timeline.html")
def timeline(happenings: Sequence[Happening], label: str = "") -> dict[str, Any]:
    """What happened, in the order given."""
    return {"happenings": happenings, "label": label}


@register.inclusion_tag("components/process_diagram.html")
def process_diagram(diagram: Diagram, key: str = "process") -> dict[str, Any]:
    """The drawn process with its tokens, and the same as a table; `key` is unique on the page."""
    marks = {
        "xml": diagram.xml,
        "tokens": dict(diagram.tokens),
        "armed": list(diagram.armed),
        "done": dict(diagram.done),
        "troubles": dict(diagram.troubles),
    }
    return {"diagram": diagram, "marks": marks, "marks_id": f"{key}-marks", "key": key}


@register.inclusion_tag("components/checklist.html")
def checklist(checks: Sequence[Check]) -> dict[str, Any]:
    """Points to be met, each with its word and what proves it."""
    return {"lines": [(check, *CHECKS[check.state]) for check in checks]}


@register.inclusion_tag("components/facts.html")
def facts(
    rows: Sequence[Fact] | Sequence[tuple[str, Any]] | Mapping[str, Any], narrow: bool = False
) -> dict[str, Any]:
    """Labels and values from Fact objects, pairs or a mapping; `narrow` puts each label above its value."""
    pairs = rows.items() if isinstance(rows, Mapping) else rows
    return {"rows": [row if isinstance(row, Fact) else Fact(*row) for row in pairs], "narrow": narrow}


@register.inclusion_tag("components/tabs.html")
def tabs(entries: Sequence[Tab], label: str) -> dict[str, Any]:
    """Tabs that are links; `label` names them for screen readers."""
    return {"entries": entries, "label": label}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    word: str, hint: str = "", url: str = "", act: str = "", icon_name: str = "inbox"
) -> dict[str, Any]:
    """Nothing here: says so, says why, and offers the next act."""
    return {"word": word, "hint": hint, "url": url, "act": act, "icon_name": icon_name}


@register.inclusion_tag("components/loading.html")
def loading(word: str = "") -> dict[str, Any]:
    """Something is on its way."""
    return {"word": word or _("Loading …")}


@register.inclusion_tag("components/steps.html")
def steps(current: int, total: int, word: str = "") -> dict[str, Any]:
    """Progress through a form of several pages; `current` counts from 1."""
    return {"current": current, "total": total, "word": word, "numbers": range(1, total + 1)}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """Errors of several forms in one list that links to the fields; `{{ form }}` brings its own."""
    return {"forms": [form for form in forms if form is not None and form.errors]}


@register.simple_block_tag
def notice(content: str, tone: str = "info", title: str = "") -> SafeString:
    """A remark in the page: `tone` is info, done, warning or error."""
    context = {"content": content, "tone": tone, "title": title, "icon_name": NOTICES[tone]}
    return render_to_string("components/notice.html", context)


@register.simple_block_tag
def decision(
    content: str, title: str, article: str = "", will: str = "", dangerous: bool = False
) -> SafeString:
    """The box of the page's main act: its article, what it will do, and the form inside."""
    context = {"content": content, "title": title, "article": article, "will": will, "dangerous": dangerous}
    return render_to_string("components/decision.html", context)
