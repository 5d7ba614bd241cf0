"""Tabletop scenarios: the shape of a file, its little expressions, and all that is checked."""
