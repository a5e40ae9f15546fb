"""What scenarios do and expect of cases. Format: `docs/scenarios.md`."""

from casework.scenario import acts, expectations, performer, seeing, store  # noqa: F401
