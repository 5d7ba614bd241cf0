"""Playing a scenario: an append-only log of events, and everything that is derived from it."""
