"""The workflow engine: runs, work items, legal clocks, outbox and journal. Knows no domain app."""
