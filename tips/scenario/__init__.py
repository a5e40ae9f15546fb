"""What scenarios do and expect of tips and rewards. Format: `docs/scenarios.md`."""

from tips.scenario import acts, expectations, schemes, seeing  # noqa: F401
