"""Measurements: each a ratio against a floor in the same run. `make bench` prints them all."""
