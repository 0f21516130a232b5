"""What an installation answers to machines, before any page."""
