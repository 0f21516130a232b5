"""The forms of the profile's own procedures, walked, checked, shown and printed."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override
from jsonschema import Draft202012Validator

from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.render import compact_view, page_view
from camaug.catalogue.forms.schema import json_schema
from camaug.catalogue.profile_files import read_catalogue
from tests.unit.forms.example import PLACES

FORMS: dict[str, EForm] = {
    definition.code: definition.form for definition in read_catalogue(Path(settings.PROFILE)).definitions.values()
}
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_shown_empty_and_wrong(code: str, language: str) -> None:
    form = FORMS[code]
    with override(language):
        errors = check(form, {}, on=DAY)
        for page in form.pages():
            view = page_view(page, {}, errors, language=language, places=PLACES)
            assert render_to_string("catalogue/forms/page.html", {"page": view})
        whole = compact_view(form, {}, errors, language=language, places=PLACES)
        assert render_to_string("catalogue/forms/compact.html", {"form": whole})


@pytest.mark.parametrize("code", FORMS)
def test_every_schema_is_a_schema_and_json(code: str) -> None:
    schema = json_schema(FORMS[code])
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


HOME = {
    "province": "96",
    "district": "964",
    "commune": "31999",
    "detail": "Số 12, khóm 3",
    "text": "Số 12, khóm 3, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
}
