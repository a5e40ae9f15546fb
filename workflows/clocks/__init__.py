"""Legal clocks: counted, paused, extended, warned of, and counted again when a calendar comes."""
