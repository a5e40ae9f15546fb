"""Settings, addresses and servers: the outermost layer."""
