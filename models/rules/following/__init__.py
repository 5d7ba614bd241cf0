"""What follows a post-mortem: the life of an action, reminders, how many are kept, what helped."""
