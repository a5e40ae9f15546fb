"""The reward of a tip: its amount, its parts, its claim and its papers."""
