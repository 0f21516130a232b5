import subprocess
import sys
import textwrap
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import override_settings

from camaug.kernel.files.serving import respond
from camaug.kernel.files.storage import WriteOnceFolder
from camaug.kernel.files.store import keep, name_of, open_blob
from camaug.kernel.models import Blob

PDF = "application/pdf"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    storages = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "camaug.kernel.files.storage.WriteOnceFolder",
            "OPTIONS": {"location": tmp_path},
        },
    }
    with override_settings(STORAGES=storages):
        yield tmp_path


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once(folder: Path) -> None:
    first = keep(b"giay chung sinh", media_type=PDF, pages=1)
    again = keep(BytesIO(b"giay chung sinh"), media_type=PDF, pages=1)
    assert first == again
    assert [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()] == [name_of(first.sha256)]
    assert (first.size, first.pages, Blob.objects.count()) == (15, 1, 1)
    with open_blob(again) as kept:
        assert kept.read() == b"giay chung sinh"


@pytest.mark.django_db
def test_lost_bytes_come_back_when_they_are_given_again(folder: Path) -> None:
    blob = keep(b"x", media_type=PDF)
    (folder / name_of(blob.sha256)).unlink()
    keep(b"x", media_type=PDF)
    with open_blob(blob) as kept:
        assert kept.read() == b"x"


def test_a_writer_that_fails_leaves_nothing(folder: Path) -> None:
    class Torn(ContentFile):  # type: ignore[type-arg]
        def chunks(self, chunk_size: int | None = None) -> object:  # type: ignore[override]
            yield b"half"
            raise OSError("pulled out")

    with pytest.raises(OSError, match="pulled out"):
        WriteOnceFolder(location=folder).save("ab/cd/abcd", Torn(b""))
    assert not [p for p in folder.rglob("*") if p.is_file()]


def test_a_writer_that_is_killed_leaves_no_half_file_under_the_name(folder: Path) -> None:
    program = textwrap.dedent(f"""
        import os, signal
        from django.conf import settings
        settings.configure()
        from django.core.files.base import ContentFile
        from camaug.kernel.files.storage import WriteOnceFolder
        class Killed(ContentFile):
            def chunks(self, chunk_size=None):
                yield b"half"
                os.kill(os.getpid(), signal.SIGKILL)
        WriteOnceFolder(location={str(folder)!r}).save("ab/cd/abcd", Killed(b""))
    """)
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    store = WriteOnceFolder(location=folder)
    assert not store.exists("ab/cd/abcd")
    store.save("ab/cd/abcd", ContentFile(b"whole"))
    with store.open("ab/cd/abcd") as kept:
        assert kept.read() == b"whole"


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("media_type", "inline", "disposition"),
    [
        (PDF, True, "inline"),
        (PDF, False, "attachment"),
        ("image/png", True, "inline"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", True, "attachment"),
        ("text/html", True, "attachment"),
    ],
)
def test_stored_content_never_runs_in_the_browser(media_type: str, inline: bool, disposition: str) -> None:
    response = respond(keep(b"<script>", media_type=media_type), "Giấy khai sinh.pdf", inline=inline)
    assert response["Content-Disposition"].startswith(disposition)
    assert "filename*=utf-8''Gi%E1%BA%A5y%20khai%20sinh.pdf" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == media_type
    assert b"".join(response) == b"<script>"  # type: ignore[arg-type]
