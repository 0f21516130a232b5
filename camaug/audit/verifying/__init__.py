"""Does the database still say what was sealed? Every leaf is compared with its event, every head with its leaves."""
