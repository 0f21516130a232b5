"""Why a file is not taken. Each sentence says what to do."""

from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError


class FileRefused(DomainError):
    """A file that is not taken; catch this one to show any of them. Facts: `name`."""

    sentence = _("“{name}” cannot be taken. Choose another file.")


class FileEmpty(FileRefused):
    """Nothing in it."""

    sentence = _("“{name}” is empty. Open it to see whether it has content, then choose it again.")


class FileTooLarge(FileRefused):
    """More bytes than allowed."""

    sentence = _(
        "“{name}” is larger than {megabytes} MB. Scan it at a lower resolution (200 dpi is enough) or send it in parts."
    )


class FileTooLong(FileRefused):
    """More pages than allowed."""

    sentence = _("“{name}” has more than {pages} pages. Split it and send it in parts.")


class PagesTooLarge(FileRefused):
    """Pages of a PDF larger than any paper, or with more drawn on them than can be shown in time."""

    sentence = _(
        "“{name}” has pages that are too large or too intricate to be shown. "
        "Print it to a new PDF with A4 pages and send that one."
    )


class FileUnknown(FileRefused):
    """Not one of the kinds that are taken."""

    sentence = _(
        "“{name}” is not of a kind that can be taken. Send PDF, JPEG, PNG, HEIC, DOCX or XLSX, or save it as PDF."
    )


class FileOldOffice(FileRefused):
    """DOC, XLS, PPT of before 2007."""

    sentence = _("“{name}” is in an old Office format. Open it, save it as DOCX, XLSX or PDF, and choose that file.")


class FileBroken(FileRefused):
    """It begins as it should and cannot be read to its end."""

    sentence = _(
        "“{name}” is damaged or was not copied whole. Scan or save it again, check that it opens, and resend it."
    )


class FileEncrypted(FileRefused):
    """A password or a restriction is on it."""

    sentence = _(
        "“{name}” is protected by a password. Remove the protection "
        "(for example by printing it to a new PDF) and resend it."
    )


class FileMisnamed(FileRefused):
    """The name's ending says one thing, the content is another."""

    sentence = _(
        "The name “{name}” does not fit the content, which is {kind}. "
        "Check that it is the right file, change the ending to {ending}, and choose it again."
    )


class FileHasMacros(FileRefused):
    """Programs in an office file."""

    sentence = _("“{name}” contains macros (small programs). Save it as PDF, or as DOCX or XLSX without macros.")


class FileHidesAnother(FileRefused):
    """Two files in one: bytes of an archive at the end of a picture or PDF."""

    sentence = _(
        "“{name}” has another file hidden in it. Scan the paper again or print it to a new PDF, and send that one."
    )


class PictureTooLarge(FileRefused):
    """More pixels than we are ready to unpack."""

    sentence = _("The picture “{name}” has too many pixels. Take it at a lower resolution, or scan at 200 to 300 dpi.")


class FileInfected(FileRefused):
    """The virus scanner has found something in these very bytes before."""

    sentence = _(
        "“{name}” contains a virus and is not taken. Clean your device, then photograph or scan the paper again."
    )


class StoredFileInfected(DomainError):
    """A file in which a virus was found stays locked for everybody."""

    sentence = _("A virus was found in this file. It has been locked and cannot be opened.")


class NotScannedYet(DomainError):
    """A file that waits for the virus scanner."""

    sentence = _("This file is still being checked for viruses. Try again in a minute.")
