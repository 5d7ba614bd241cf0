"""Actions as tickets of a tracker: what is sent, where to, and what is read back."""
