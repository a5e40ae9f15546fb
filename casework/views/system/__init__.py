"""The operators' pages: incidents, runs and queues as technical facts, never the contents of a matter."""
