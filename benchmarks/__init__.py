"""Benchmarks: timings as ratios to a floor measured in the same run. `bench SUBJECT --json` runs them."""
