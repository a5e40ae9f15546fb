"""Work after the commit: due timers, effects of the outbox, pokes. The rows carry the promise."""
