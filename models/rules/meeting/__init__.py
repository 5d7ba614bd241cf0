"""The review meeting: its agenda and clock, cards and votes, and what it leaves behind."""
