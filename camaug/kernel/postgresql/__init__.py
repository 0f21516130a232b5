"""Django's engine for PostgreSQL; only whether a kept connection still lives is found out without a question."""
