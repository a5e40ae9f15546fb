"""One set of line icons on a 24 × 24 grid, drawn inline so that they take the colour of their text."""

# ruff: noqa: E501  (a path is one token)

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

PATHS: dict[str, str] = {
    "alert": "M12 3.5 22 20H2L12 3.5M12 10v4.5M12 17.3v.2",
    "archive": "M3 5h18v4H3zM5 9v10h14V9M9.5 13h5",
    "arrow-right": "M4 12h15M13 6l6 6-6 6",
    "bank": "M3 9.5 12 4l9 5.5M4 9.5h16M6 10v7M10 10v7M14 10v7M18 10v7M3.5 20h17M5 17h14",
    "bell": "M6 16.5v-6a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 20.5h4",
    "book": "M5 4h10a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3zM5 17a3 3 0 0 1 3-3h10M9 8h5",
    "camera": "M4 7.5h4l1.5-2.5h5L16 7.5h4v11H4zM12 16a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4",
    "chart": "M4 4v16h16M8 16v-4M12 16V8M16 16v-6",
    "check": "M4.5 12.5 9.5 17.5 19.5 6.5",
    "check-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8 12.3l2.8 2.8L16 9.5",
    "chevron-down": "M6 9.5l6 6 6-6",
    "circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18",
    "clock": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5.3l3.5 2",
    "clock-alert": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v6M12 16.4v.2",
    "contrast": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 3v18M12 7h4.5M12 11h7M12 15h6",
    "copy": "M8 8h12v12H8zM5 16H4V4h12v1",
    "dot-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4.5 20h15",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6",
    "file": "M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5",
    "file-text": "M6 3h8l4.5 4.5V21H6zM14 3v4.5h4.5M9 12h6.5M9 15.5h6.5",
    "film": "M3.5 5h17v14h-17zM8 5v14M16 5v14M3.5 9.7H8M3.5 14.3H8M16 9.7h4.5M16 14.3h4.5",
    "flow": "M3 5h6v5H3zM15 14h6v5h-6zM6 10v6.5h9M9 7.5h9V14",
    "folder": "M3 6h7l2 2.5h9V19H3z",
    "gavel": "M13 4l7 7-2 2-7-7zM12 9.5 4 17.5l2.5 2.5 8-8M12.5 20.5h8",
    "globe": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3.8 6 3.8 9S15 18 12 21c-3-3-3.8-6-3.8-9S9 6 12 3",
    "home": "M3.5 11 12 4l8.5 7M6 9.5V20h12V9.5M10 20v-5.5h4V20",
    "image": "M4 5h16v14H4zM4 16l4.5-4.5 4 4 3-3L20 17M9 9.5v.1",
    "inbox": "M4 4.5h16V19H4zM4 13.5h4.5l1.5 2.5h4l1.5-2.5H20",
    "info": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5.5M12 7.5v.2",
    "key": "M8 19a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M11.3 11.3 19.5 3M16 6.5l3 3",
    "letter-size": "M2.5 19 8 5l5.5 14M4.5 14.5h7M15 19l3.2-8 3.3 8M16 16.5h4.5",
    "lock": "M5.5 11h13v9.5h-13zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3 5.5h18v13H3zM3 7l9 6.5L21 7",
    "megaphone": "M4 10v4h3.5L17 18.5v-13L7.5 10zM8 14.5V19h3v-3M20 10v4",
    "menu": "M4 6.5h16M4 12h16M4 17.5h16",
    "paperclip": "M19.5 11.5 11.7 19a4.5 4.5 0 0 1-6.4-6.4l8.2-8a3 3 0 0 1 4.3 4.3l-8 7.8a1.5 1.5 0 0 1-2.1-2.1l7-6.8",
    "pause-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M10 9v6M14 9v6",
    "person": "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6",
    "pie": "M12 3a9 9 0 1 0 9 9h-9zM15 3.5A9 9 0 0 1 20.5 9H15z",
    "printer": "M7 8.5V3.5h10v5M7 17H4V8.5h16V17h-3M7 14h10v6.5H7z",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13M15.3 15.3 20.5 20.5",
    "shield": "M12 3l7.5 2.5v6c0 4.8-3 7.8-7.5 9.5-4.5-1.7-7.5-4.7-7.5-9.5v-6zM12 8v7.5M8.3 11.7h7.4",
    "sign-out": "M10 4H4.5v16H10M9.5 12H20M15.5 7.5 20 12l-4.5 4.5",
    "upload": "M12 15.5V4.5M7 9l5-5 5 5M4.5 20h15",
    "users": "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 19.5c.5-3.5 3-5.3 6.5-5.3s6 1.8 6.5 5.3M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14.6c2.2.6 3.6 2.3 4 4.9",
    "wallet": "M4 6.5h14.5v3M4 6.5V19h16.5V9.5H5A1.5 1.5 0 0 1 4 6.5M16 14.3v.1",
    "x": "M6 6l12 12M18 6 6 18",
    "x-circle": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.8 8.8l6.4 6.4M15.2 8.8l-6.4 6.4",
}  # fmt: skip


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon; it is decoration, so a word must stand beside it.

    Raises: KeyError for a name that is not in the set.
    """
    path = mark_safe(PATHS[name])
    return format_html(
        '<svg class="fg-icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        path,
    )
