"""What scenarios do and expect of cases. Format: `docs/scenarios.md`."""

from casework.scenario import acts, expectations, performer, seeing, store, time  # noqa: F401
