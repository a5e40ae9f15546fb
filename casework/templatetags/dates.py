"""Days and moments as people in China read them; moments are shown in Asia/Shanghai in any server's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def _civil(value: date | datetime | str | None) -> date | datetime | None:
    """A day or a moment in Shanghai; process data carries days as ISO text.

    Raises: ValueError for a naive moment, which could mean any zone.
    """
    if isinstance(value, str):
        if not value:
            return None
        return date.fromisoformat(value) if len(value) == 10 else _civil(datetime.fromisoformat(value))
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("A moment without a zone cannot be shown.")
        return value.astimezone(SHANGHAI)
    return value


@register.filter
def civil_date(value: date | datetime | str | None) -> str:
    """For text: 2026年11月22日, in English 22 November 2026."""
    day = _civil(value)
    if day is None:
        return ""
    if (get_language() or "").startswith("zh"):
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def civil_date_short(value: date | datetime | str | None) -> str:
    """For tables: 2026-11-22."""
    day = _civil(value)
    return "" if day is None else f"{day:%Y-%m-%d}"


@register.filter
def moment(value: datetime | str | None) -> str:
    """For text: 2026年11月22日 14:05; a value without a time shows its day only."""
    at = _civil(value)
    return f"{civil_date(value)} {at:%H:%M}" if isinstance(at, datetime) else civil_date(value)


@register.filter
def moment_short(value: datetime | str | None) -> str:
    """For tables: 2026-11-22 14:05."""
    at = _civil(value)
    return f"{at:%Y-%m-%d %H:%M}" if isinstance(at, datetime) else civil_date_short(value)


@register.simple_tag
def when(value: date | datetime | str | None, form: str = "short") -> SafeString | str:
    """A <time> element; `form` is short (tables), day (without the hour) or long (text)."""
    at = _civil(value)
    if at is None:
        return ""
    texts: dict[str, Callable[[Any], str]] = {
        "long": moment,
        "short": moment_short,
        "day": civil_date_short,
    }
    text = texts[form](value)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), text)
