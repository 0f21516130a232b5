"""What everybody knows in a demonstration; production never sets any of it."""

PASSWORD = "camau-trinh-dien-2026"  # noqa: S105 (printed at every start of a demonstration)
TOTP_SECRET = "CAMAUDEMOCAMAUDEMOCAMAUDEMOCAMAU"  # noqa: S105 (what the cast's applications hold)
