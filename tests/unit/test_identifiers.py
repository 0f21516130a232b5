from camaug.kernel.ids import uuid7


def test_identifiers_grow_in_the_order_in_which_they_are_made() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_identifiers_are_of_version_seven() -> None:
    assert uuid7().version == 7
