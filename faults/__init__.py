"""Fault runs: the real processes are killed while people work; afterwards everything must stand. `docs/faults.md`."""
