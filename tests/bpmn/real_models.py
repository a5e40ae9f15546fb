"""The models of the installation, and the names that they use, taken from the unchanged files."""

import re
from functools import cache
from pathlib import Path

from workflows.proofs import Known

FOLDER = Path(__file__).parents[2] / "bpmn"
EFFECTS = {
    "casework.deliver_province_report",
    "tips.notify_reward",
    "tips.remove_objects",
    "tips.notify_tipster",
    "tips.tell_not_eligible",
    "tips.tell_outcome",
    "tips.tell_paid",
    "tips.tell_reexamination",
}


@cache
def real_sources() -> dict[str, bytes]:
    """File name → bytes."""
    return {p.name: p.read_bytes() for p in sorted(FOLDER.rglob("*")) if p.suffix in {".bpmn", ".dmn"}}


@cache
def operations() -> dict[str, str]:
    """Operations of the models with their kinds."""
    return {name: "effect" if name in EFFECTS else "compute" for name in _words("operation")}


@cache
def known() -> Known:
    """Every name that the unchanged models use counts as registered."""
    return Known(
        operations=operations(),
        candidates=_words("candidates"),
        forms=_words("form"),
        roles=_words("role"),
        clocks=_words("clock") | _words("startsClock") | _words("stopsClock"),
        messages=frozenset(
            {"reward_claimed", "reward_given_up", "identity_opening_ended", "purge_withdrawn"}
        ),
    )


def _words(attribute: str) -> frozenset[str]:
    text = b"".join(real_sources().values()).decode()
    found = re.findall(rf'fundguard:{attribute}="([^"]+)"', text)
    return frozenset(word for value in found for word in value.split())
