"""What scenarios do and expect of tips and rewards. Format: `docs/scenarios.md`."""

from tips.scenario import (  # noqa: F401
    acts,
    expectations,
    money,
    openings,
    outcomes,
    public_pages,
    register,
    schemes,
    seeing,
)
