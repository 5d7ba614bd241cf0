"""Tabletop scenarios: the shape of a file, its little expressions, and everything that is checked."""
