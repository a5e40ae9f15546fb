"""Drafting a reward scheme as a table: what was typed becomes data, and what is wrong stands beside its cell."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.form_fields import choice_field, text_field
from casework.rule_sentences import in_words
from tips.forms.scheme_table import cells_of, initial_of, plain, rows_of, share_of, tables_from
from tips.rules.scheme_check import Problem
from tips.rules.scheme_data import MARGINAL, ROUNDING_UNITS, WHOLE

MARKS = [
    ("VERIFIED", _("VERIFIED: read in the instrument itself")),
    ("VERIFIED-2", _("VERIFIED-2: from a text that restates it")),
    ("RECALLED", _("RECALLED: to be confirmed before it is relied on")),
]
SPARE_ROWS = 3
MOST_ROWS = 60


def _line(label: Any, **options: Any) -> forms.CharField:
    """A short entry that is checked together with all others, so that a draft may be kept unfinished."""
    return forms.CharField(label=label, required=False, max_length=120, **options)


class VersionForm(forms.Form):
    """What holds for the whole version."""

    source = _line(_("Instrument (文件名称及文号)"))
    article = _line(_("Article (条款)"))
    in_force_from = _line(_("First day in force"), widget=forms.DateInput(attrs={"type": "date"}))
    in_force_to = _line(
        _("Last day in force"),
        help_text=_("Leave empty: the next version ends it."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    mark = choice_field(_("How the values were verified"), MARKS, required=False)
    date_recalled = forms.BooleanField(label=_("The first day is to be confirmed"), required=False)
    kind = choice_field(
        _("How rates apply"),
        [
            (WHOLE, _("the band's rate applies to all of the base (全额适用)")),
            (MARGINAL, _("each slice of the base has its rate, slices add up (分段累加)")),
        ],
        required=False,
    )
    bound = choice_field(
        _("A bound belongs to"),
        [("below", _("the band below it: “up to and with”")), ("above", _("the band above it: “below”"))],
        required=False,
    )
    floor = _line(_("Least reward, yuan"))
    cap = _line(_("Greatest reward, yuan"))
    no_loss_least = _line(_("True tip without loss, at least, yuan"), help_text=_("Empty: no reward."))
    no_loss_most = _line(_("True tip without loss, at most, yuan"))
    insider_factor = _line(_("Insiders: times"), help_text=_("1: nothing more"))
    insider_points = _line(_("Insiders: percentage points more"), help_text=_("0: nothing more"))
    insider_order = choice_field(
        _("Floor of the level and insider's factor"),
        [
            ("floor_first", _("first the floor, then the factor")),
            ("factor_first", _("first the factor, then the floor")),
        ],
        required=False,
    )
    rounding = choice_field(
        _("Rounding"),
        [("half_up", _("half up (四舍五入)")), ("down", _("down (舍去尾数)")), ("up", _("up (尾数进一)"))],
        required=False,
    )
    rounding_unit = forms.ChoiceField(
        label=_("Rounded to, yuan"),
        choices=[(str(unit), str(unit)) for unit in ROUNDING_UNITS],
        required=False,
    )
    remark = text_field(_("Remark for whoever approves"), rows=3, required=False)

    # Needed for handing in, though a draft is kept without them.
    NEEDED = (
        "source",
        "in_force_from",
        "mark",
        "kind",
        "bound",
        "cap",
        "rounding",
        "rounding_unit",
        "insider_order",
    )
    # Where a problem of the data is shown.
    FIELDS: Mapping[str, str] = {"no_loss": "no_loss_least"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.NEEDED:
            self.fields[name].is_needed = True  # type: ignore[attr-defined]


class BandForm(forms.Form):
    """One row of the table: for which tips, which stretch of the base, which rate."""

    target = forms.ChoiceField(
        label=_("About"),
        choices=[("", _("all")), ("organisation", _("organisation")), ("person", _("person"))],
        required=False,
    )
    level = forms.ChoiceField(
        label=_("Level"), choices=[("", _("all")), *((str(n), str(n)) for n in range(1, 6))], required=False
    )
    insider = forms.ChoiceField(
        label=_("By"),
        choices=[("", _("all")), ("no", _("not insiders")), ("yes", _("insiders"))],
        required=False,
    )
    above = _line(_("Base from, yuan"))
    up_to = _line(_("to, yuan"))
    rate = _line(_("Rate, %"))
    plus = _line(_("and, yuan"))
    level_floor = _line(_("Least for these, yuan"))
    mark = forms.ChoiceField(
        label=_("Mark"), choices=[("", _("as above")), *((key, key) for key, _words in MARKS)], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("above", "up_to", "rate", "plus", "level_floor"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}
        for bound in self:
            bound.field.widget.attrs["aria-label"] = bound.label

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into the row."""
        return not any(self.typed(name) for name in ("above", "up_to", "rate", "plus", "level_floor"))

    def typed(self, name: str) -> str:
        """What stands in a cell."""
        return str(self[name].value() or "").strip()


class DraftForms:
    """The whole page: the version's form and the rows of its table."""

    def __init__(self, data: Mapping[str, Any], posted: Any = None, remark: str = "") -> None:
        rows = list(rows_of(data))
        if posted is None:
            self.version = VersionForm(initial={**initial_of(data), "remark": remark})
            count = len(rows) + SPARE_ROWS
            self.bands = [
                BandForm(prefix=f"row{at}", initial=rows[at] if at < len(rows) else {}) for at in range(count)
            ]
            return
        self.version = VersionForm(posted)
        told = str(posted.get("rows") or "")
        # Superscripts are digits too, but no numbers; a number of thousands of digits is none of rows.
        count = min(int(told), MOST_ROWS) if told.isdecimal() and len(told) < 9 else 0
        self.bands = [BandForm(posted, prefix=f"row{at}") for at in range(count)]

    def is_readable(self) -> bool:
        """Whether the entries can be kept; what they say is checked apart."""
        return all([self.version.is_valid(), *(band.is_valid() for band in self.bands)])

    def data(self) -> dict[str, Any]:
        """What was typed, as the data of a version; right or wrong."""
        typed = self.version.cleaned_data
        least, most = plain(typed["no_loss_least"]), plain(typed["no_loss_most"])
        return {
            "in_force_from": typed["in_force_from"],
            "in_force_to": typed["in_force_to"] or None,
            "source": typed["source"],
            "article": typed["article"],
            "mark": typed["mark"],
            "date_recalled": typed["date_recalled"],
            "kind": typed["kind"],
            "up_to_included": typed["bound"] != "above",
            "floor": plain(typed["floor"]) or "0.00",
            "cap": plain(typed["cap"]),
            "insider_factor": plain(typed["insider_factor"]) or "1",
            "insider_points": share_of(typed["insider_points"]) or "0",
            "insider_after_floor": typed["insider_order"] != "factor_first",
            "rounding": typed["rounding"] or "half_up",
            "rounding_unit": typed["rounding_unit"] or "0.01",
            "tables": tables_from(self.bands),
            **({"no_loss": [least or most, most or least]} if least or most else {}),
        }

    def show(self, problems: Iterable[Problem]) -> None:
        """Write each problem beside the cell in which it arises; what has no cell stands above the table."""
        self._make_bound()
        cells = cells_of(self.bands)
        for problem in problems:
            words = in_words(problem.text)
            band, name = cells.get(problem.place, (None, ""))
            if band is not None:
                band.add_error(name, words)
                continue
            field = VersionForm.FIELDS.get(problem.place, problem.place)
            self.version.add_error(field if field in self.version.fields else None, words)

    def _make_bound(self) -> None:
        """Errors belong to bound forms: fill what a draft says in as if it were posted."""
        if not self.version.is_bound:
            self.version = VersionForm(dict(self.version.initial))
            self.bands = [
                BandForm(
                    {f"{band.prefix}-{name}": value for name, value in band.initial.items()},
                    prefix=band.prefix,
                )
                for band in self.bands
            ]
        self.is_readable()
