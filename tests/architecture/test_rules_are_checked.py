"""The checks themselves: each refuses what it is there to refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checks import messages, names, sizes
from checks.__main__ import CHECKS
from checks.sizes import Size

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind, rule in sizes.RULES.items() if rule.limit])
def test_a_size_above_its_limit_is_refused_and_one_at_it_is_not(kind: str, rule: sizes.Rule) -> None:
    assert rule.limit
    assert sizes.refused(Size(kind, "somewhere", rule.limit + 1))
    assert not sizes.refused(Size(kind, "somewhere", rule.limit))


def test_sizes_are_found_in_all_our_code() -> None:
    kinds = {size.kind for size in sizes.sizes()}
    assert {"Python file", "function", "class", "test", "template"} <= kinds


@pytest.mark.parametrize("name", ["utils.py", "helpers/__init__.py", "signals.py"])
def test_a_name_that_says_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    app = tmp_path / "camaug" / "cases"
    (app / name).parent.mkdir(parents=True, exist_ok=True)
    (app / "__init__.py").write_text('"""Cases."""\n')
    monkeypatch.chdir(tmp_path)
    assert not list(names.complaints())
    (app / name).touch()
    assert len(list(names.complaints())) == 1


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("camaug/cases/actions/x.py", "from django.http import HttpResponse\nprint(HttpResponse)\n", "know no HTTP"),
        ("camaug/cases/models/x.py", "from django.shortcuts import render\nprint(render)\n", "know no HTTP"),
        ("camaug/cases/actions/x.py", "from django.utils import timezone\nprint(timezone.now())\n", "take `at`"),
        ("camaug/cases/x.py", "from datetime import UTC, datetime\nprint(datetime.now(UTC))\n", "take `at`"),
        ("camaug/cases/x.py", "from django.dispatch import receiver\nprint(receiver)\n", "no signals"),
    ],
)
def test_what_rules_may_not_know_is_refused_with_the_reason(path: str, code: str, sentence: str) -> None:
    found = _ruff(path, code)
    assert "TID251" in found
    assert sentence in found


def test_a_page_may_know_http() -> None:
    code = "from django.http import HttpResponse\n\nANSWER = HttpResponse\n"
    assert _ruff("camaug/cases/web/x.py", code) == "All checks passed!\n"


def _ruff(path: str, code: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--stdin-filename", path, "-"],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_a_catalogue_that_does_not_fit_the_sources_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("camaug", "config", "locale"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    (tmp_path / "camaug" / "new.py").write_text(
        'from gettext import gettext as _\n\nNEW = _("Nobody translated this")\n'
    )
    with (tmp_path / messages.CATALOGUE).open("a") as catalogue:
        catalogue.write('\nmsgid "Seven herons over the mangrove at low tide"\nmsgstr "Bảy con cò"\n')
    monkeypatch.chdir(tmp_path)
    assert messages.main() == 1
    complaints = capsys.readouterr().out
    assert 'msgid "Nobody translated this"' in complaints
    assert '#~ msgid "Seven herons over the mangrove at low tide"' in complaints


def test_an_uncertain_message_is_refused(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    catalogue.write_text('#, fuzzy\nmsgid "Not found."\nmsgstr "Không tìm thấy."\n')
    assert messages._rows(catalogue, "--only-fuzzy") == 'msgid "Not found."'


def test_every_check_proves_that_it_has_looked() -> None:
    assert all(check.proof for check in CHECKS)
    assert {"lint", "types", "import contracts", "templates", "messages", "migrations", "sizes"} <= {
        c.name for c in CHECKS
    }
