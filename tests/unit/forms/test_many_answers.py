"""Many answers are a list, unless they explain themselves; rows of a group have a short name."""

import pytest

from camaug.catalogue.definition.eform import FieldType, FormField, Option
from camaug.catalogue.forms.render import FieldView, page_view
from tests.unit.catalogue.samples import real
from tests.unit.forms.example import PLACES


def choice(count: int, *, hints: bool) -> FormField:
    options = tuple(Option(id=f"N{n}", label=str(n), hint="Vì sao" if hints and not n else "") for n in range(count))
    return FormField(id="one", label="Một", type=FieldType.CHOICE, options=options)


def shown(field: FormField) -> FieldView:
    page = real("dang-ky-khai-sinh").form.pages()[0].model_copy(update={"fields": (field,)})
    return page_view(page, {}, {}, language="vi", places=PLACES).fields[0]


@pytest.mark.parametrize(
    ("count", "hints", "kind"), [(7, False, "radios"), (8, False, "select"), (8, True, "radios"), (54, False, "select")]
)
def test_the_control_for_a_choice(count: int, hints: bool, kind: str) -> None:
    assert shown(choice(count, hints=hints)).kind == kind


def test_a_row_is_called_by_its_short_name_else_by_the_question() -> None:
    groups = {
        field.id: shown(field)
        for code in ("cap-phieu-ly-lich-tu-phap", "dang-ky-ho-kinh-doanh")
        for field in real(code).form.fields()
        if field.type == FieldType.GROUP
    }
    assert groups["residences"].row == "Nơi ở"
    assert groups["lines"].row == groups["lines"].label
