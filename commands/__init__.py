"""The verbs of the `hotwash` command; cli.py puts them together."""
