"""What of accounts lies encrypted."""

from camaug.kernel.rotation import text

ENCRYPTED = (
    text(
        "access.Factor",
        "concealed",
        about=lambda row: f"access.factor.totp:{row['account_id']}",
        needs=("account_id",),
    ),
)
