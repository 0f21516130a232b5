import smtplib
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage

from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.models import Reason

_NEVER = range(500, 600)


class Smtp:
    """E-mail by the server of the settings. The key makes the Message-ID, so that a mailbox can tell a second copy."""

    def carry(self, parcel: Parcel, *, at: datetime) -> str:  # noqa: ARG002 (Carrier says the shape)
        """Carrier.carry."""
        known_as = f"<{parcel.key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2]}>"
        body = f"{parcel.text}\n\n{parcel.link}" if parcel.link else parcel.text
        mail = EmailMessage(parcel.title, body, None, [parcel.to], headers={"Message-ID": known_as})
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise Undelivered(_reason(max(codes, default=0))) from error
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            raise Undelivered(_reason(error.smtp_code)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Undelivered(Reason.UNREACHABLE) from error
        return known_as


def _reason(code: int) -> Reason:
    return Reason.REJECTED if code in _NEVER else Reason.REFUSED_FOR_NOW
