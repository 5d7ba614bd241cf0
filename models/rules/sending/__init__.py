"""Mail: addresses, the server that takes it, when a try is repeated, the words of a letter."""
