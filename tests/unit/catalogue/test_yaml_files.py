"""What is exported is read back as the same definition, for every procedure of the profile."""

import pytest

from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.drafting.faults import definition_of
from camaug.catalogue.drafting.tidying import content_of
from camaug.catalogue.profile_files import definition_in, parse_yaml
from camaug.catalogue.yaml_files import to_yaml
from tests.unit.catalogue.samples import catalogue

VOCABULARY, FILES = catalogue().vocabulary, catalogue().definitions


def exported(definition: Definition) -> str:
    return to_yaml(definition, VOCABULARY)


@pytest.mark.parametrize("file", FILES)
def test_an_export_is_read_back_as_the_same_definition(file: str) -> None:
    definition = FILES[file]
    text = exported(definition)
    assert definition_in(parse_yaml(text, file), VOCABULARY, file) == definition
    assert exported(definition_in(parse_yaml(text, file), VOCABULARY, file)) == text


@pytest.mark.parametrize("file", FILES)
def test_a_draft_holds_all_that_the_definition_says(file: str) -> None:
    definition = FILES[file]
    held = definition_of(content_of(definition))
    assert held.model_copy(update={"version": definition.version, "valid_from": definition.valid_from}) == definition


def test_lists_of_the_profile_are_written_by_their_name() -> None:
    assert "list: " in exported(FILES["dang-ky-khai-sinh.yaml"])
