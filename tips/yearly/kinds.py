"""The tables of the yearly report: their kinds, which of them are hidden together, and their words.

Neighbours in a group resemble each other, so that what is left out for one says little less about the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tips.models import Tip
from tips.rules.suppression import Groups
from tips.words import CONDUCTS

Channel = Tip.Channel
SEVERAL, NONE = "several", "none"


@dataclass(frozen=True)
class Table:
    """One table: its title and the word of each kind, in groups."""

    title: Any
    groups: Groups
    words: Mapping[str, Any]

    @property
    def kinds(self) -> list[str]:
        """Every kind, in order."""
        return [kind for group in self.groups for kind in group]


def _table(title: Any, groups: Groups, words: Mapping[str, Any]) -> Table:
    return Table(title, groups, {kind: words[kind] for group in groups for kind in group})


CHANNELS = _table(
    _("By channel"),
    [
        [Channel.WEB, Channel.TELEPHONE],
        [Channel.VISIT, Channel.LETTER, Channel.FAX],
        [Channel.EMAIL, Channel.WECHAT, Channel.MICROBLOG],
        [Channel.SUPERVISOR, Channel.AUTHORITY, Channel.AGENCY],
    ],
    dict(Channel.choices),
)
NAMES = _table(
    _("With and without a name"),
    [["real_name", "anonymous"]],
    {"real_name": _("real-name"), "anonymous": _("anonymous")},
)
TARGETS = _table(
    _("By kind of target"),
    [["hospital", "pharmacy"], ["institution", "person"]],
    {
        "hospital": _("hospital of the register"),
        "pharmacy": _("pharmacy of the register"),
        "institution": _("another institution"),
        "person": _("person"),
    },
)
MATTERS = _table(
    _("By conduct"),
    [
        ["fake_stay", "lured_stay"],
        ["false_items", "swapped_items"],
        ["overcharging", "over_treatment"],
        ["borrowed_card", "card_cash", "drug_resale"],
        ["forged_papers", "bribery"],
        [SEVERAL, "other", NONE],
    ],
    {**CONDUCTS, SEVERAL: _("several of these together"), NONE: _("not coded")},
)
OUTCOMES = _table(
    _("By outcome on the day of the count"),
    [["filed", "joined"], ["not_filed", "withdrawn"], ["not_accepted", "referred"], ["open", "disputed"]],
    {
        "filed": _("case filed"),
        "joined": _("joined an open case"),
        "not_filed": _("no case filed"),
        "withdrawn": _("withdrawn before a decision"),
        "not_accepted": _("not accepted"),
        "referred": _("referred to another bureau"),
        "open": _("being handled"),
        "disputed": _("jurisdiction in dispute"),
    },
)
SUPERVISORS = _table(
    _("From social supervisors"),
    [["supervisor", "others"]],
    {"supervisor": _("from social supervisors"), "others": _("from others")},
)
OF_THE_TIPS = {
    "channel": CHANNELS,
    "name": NAMES,
    "target": TARGETS,
    "matter": MATTERS,
    "outcome": OUTCOMES,
    "supervisor": SUPERVISORS,
}
"""Each tip of the year stands once in each of these tables."""

DECIDED = ("filed", "joined", "not_filed")
DECISION_TIME = _table(
    _("Decision to file or not"),
    [["in_time", "late"]],
    {"in_time": _("in time"), "late": _("late")},
)
ANSWER_TIME = _table(
    _("Answer to real-name tipsters"),
    [["in_time", "late", "unanswered"]],
    {"in_time": _("in time"), "late": _("late"), "unanswered": _("none yet, or none needed")},
)
LOSSES = _table(
    _("Cases filed for tips"),
    [["confirmed", "unconfirmed"]],
    {"confirmed": _("loss confirmed by a decision"), "unconfirmed": _("not decided, or no loss")},
)
REWARDS = _table(
    _("Rewards that ended in the year"),
    [["paid", "lapsed"], ["given_up", "not_granted"]],
    {"paid": _("paid"), "lapsed": _("lapsed"), "given_up": _("given up"), "not_granted": _("not granted")},
)
