"""The reward schemes that come with the product: what an installation begins with."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tips.rules.scheme_check import problems
from tips.rules.scheme_data import Scheme, one_after_another, version_from

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def load_schemes() -> dict[str, Scheme]:
    """Return every scheme of the package by its key. Raises: ValueError naming what is wrong with which."""
    rows = yaml.safe_load((DATA / "reward_schemes.yaml").read_text(encoding="utf-8"))
    return {key: scheme_from(key, row) for key, row in rows.items()}


def scheme_from(key: str, row: dict[str, Any]) -> Scheme:
    """Read one scheme with its versions. Raises: ValueError with the first thing that is wrong."""
    for number, version in enumerate(row["versions"], 1):
        for problem in problems(version):
            raise ValueError(f"{key}, version {number}, {problem.place}: {problem.text}")
    versions = tuple(version_from(version) for version in row["versions"])
    if one_after_another(versions) != versions:
        raise ValueError(f"versions of the scheme {key} overlap or are not in order")
    return Scheme(key, row["title"], row["title_zh"], versions)
