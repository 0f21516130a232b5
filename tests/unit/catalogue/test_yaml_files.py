"""What is exported is read back as the same definition, for every procedure of the profile."""

from pathlib import Path

import pytest

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.drafting.faults import definition_of
from camaug.catalogue.drafting.tidying import content_of
from camaug.catalogue.profile_files import definition_in, parse_yaml, read_vocabulary
from camaug.catalogue.yaml_files import to_yaml
from tests.unit.catalogue.samples import PROFILE, real

VOCABULARY = read_vocabulary(PROFILE)
FILES = sorted((PROFILE / "procedures").glob("*.yaml"))


def exported(definition: Definition) -> str:
    return to_yaml(definition, VOCABULARY)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_export_is_read_back_as_the_same_definition(file: Path) -> None:
    definition = real(file.stem)
    text = exported(definition)
    assert definition_in(parse_yaml(text, file.name), VOCABULARY, file.name) == definition
    assert exported(definition_in(parse_yaml(text, file.name), VOCABULARY, file.name)) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_draft_holds_all_that_the_definition_says(file: Path) -> None:
    definition = real(file.stem)
    held = definition_of(content_of(definition))
    assert held.model_copy(update={"version": definition.version, "valid_from": definition.valid_from}) == definition


def test_lists_of_the_profile_are_written_by_their_name() -> None:
    assert "{list: " in (PROFILE / "procedures" / "dang-ky-khai-sinh.yaml").read_text("utf-8") or VOCABULARY.lists
    whole = "".join(exported(real(file.stem)) for file in FILES)
    assert "list: " in whole
