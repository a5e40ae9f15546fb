"""The house: settings, addresses, sockets, background jobs and the embedded servers."""
