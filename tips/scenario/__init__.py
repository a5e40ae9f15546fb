"""What scenarios do and expect of tips and rewards. Format: `docs/scenarios.md`."""

from tips.scenario import acts, expectations, seeing  # noqa: F401
