"""Joint names (联名举报): entries for those who report together with the first tipster."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.rules.money import Money
from tips.rules.shares import BadShares, split_by_percentages
from tips.words import JointTipster

MOST = 5
"""People in one report, the first included."""
TELEPHONE = r"^[0-9+() -]{5,20}$"
NUMBERS = range(2, MOST + 1)
UNKEPT = {"data-never-kept": True}


def telephone_field(label: Any = None) -> forms.RegexField:
    """A telephone number that no browser keeps in a draft."""
    return forms.RegexField(
        TELEPHONE,
        label=label or _("Telephone"),
        required=False,
        error_messages={"invalid": _("Give a telephone number, e.g. 13900001234.")},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", **UNKEPT}),
    )


def joint_fields() -> dict[str, forms.Field]:
    """Name, contact and share of the further people, and the share of the first."""
    fields: dict[str, forms.Field] = {"share": _share_field(_("My share, in percent"))}
    for number in NUMBERS:
        fields[f"name_{number}"] = forms.CharField(
            label=_("Name"), max_length=60, required=False, widget=_text()
        )
        fields[f"telephone_{number}"] = telephone_field()
        fields[f"email_{number}"] = forms.EmailField(
            label=_("E-mail"), required=False, max_length=120, widget=forms.EmailInput(attrs=_off())
        )
        fields[f"share_{number}"] = _share_field(_("Share, in percent"))
    return fields


def joint_names() -> tuple[str, ...]:
    """The names of those entries."""
    return tuple(joint_fields())


def joint_rows(form: forms.Form) -> list[tuple[int, list[forms.BoundField], bool]]:
    """Number, entries, and whether something stands in them, for each further person."""
    rows = []
    for number in NUMBERS:
        entries = [form[f"{part}_{number}"] for part in ("name", "telephone", "email", "share")]
        rows.append((number, entries, any(entry.value() or entry.errors for entry in entries)))
    return rows


def others_of(cleaned: dict[str, Any]) -> tuple[JointTipster, ...]:
    """Those who have a name, in the order of the form."""
    return tuple(
        JointTipster(
            cleaned[f"name_{number}"],
            cleaned.get(f"telephone_{number}") or "",
            cleaned.get(f"email_{number}") or "",
            cleaned.get(f"share_{number}"),
        )
        for number in NUMBERS
        if cleaned.get(f"name_{number}")
    )


def check_joint(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """Say beside the entry what is missing: a name, or shares that make up the whole."""
    for number in NUMBERS:
        named = cleaned.get(f"name_{number}")
        more = [cleaned.get(f"{part}_{number}") for part in ("telephone", "email", "share")]
        if not named and any(more):
            form.add_error(f"name_{number}", _("Give this person's name, or empty the other entries."))
    others = others_of(cleaned)
    shares = [cleaned.get("share"), *(one.share for one in others)]
    if not others or not any(shares):
        return
    if not all(shares):
        form.add_error("share", _("Give every person's share, or nobody's: then all get equal parts."))
        return
    try:
        split_by_percentages(Money.from_fen(100), [share for share in shares if share])
    except BadShares as refusal:
        form.add_error("share", refusal.text.render(gettext))


def _share_field(label: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", **_off()}),
    )


def _text() -> forms.TextInput:
    return forms.TextInput(attrs=_off())


def _off() -> dict[str, Any]:
    return {"autocomplete": "off", **UNKEPT}
