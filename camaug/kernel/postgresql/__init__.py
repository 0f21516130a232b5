"""Django's engine for PostgreSQL, with fewer ways to the server: `base` says which, `sending` how."""
