"""Loading of the profile's procedures; can be repeated, what is there already stays."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from camaug.catalogue.actions.arrange_vocabulary import arrange_vocabulary
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.faults import faults_of, unknown_parts
from camaug.catalogue.guide import guide_faults
from camaug.catalogue.profile_files import ProfileCatalogue, ProfileInvalid, read_catalogue, read_guide
from camaug.catalogue.surroundings import Surroundings, surroundings_of
from camaug.kernel.actors import SYSTEM


def load_profile(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Publish every version in the profile folder that is not there yet.

    Everything is read and checked before anything is written. ProfileInvalid names the file, the place and the slip;
    VersionIsFixed says that a published version was changed without a new number.
    """
    publish(read_checked(profile), known=surroundings_of(profile), at=at, progress=progress)


def read_checked(profile: Path) -> ProfileCatalogue:
    """Everything the profile says of procedures, found to hang together; else ProfileInvalid."""
    catalogue, known = read_catalogue(profile), surroundings_of(profile)
    for file, definition in catalogue.definitions.items():
        for fault in faults_of(definition, known):
            raise ProfileInvalid(file=file, place=fault.place, reason=fault.reason)
    for place, reason in guide_faults(read_guide(profile), *_guided(catalogue)):
        raise ProfileInvalid(file="guide.yaml", place=place, reason=reason)
    for code, fault in unknown_parts(catalogue.definitions.values()):
        raise ProfileInvalid(file=f"{code}.yaml", place=fault.place, reason=fault.reason)
    return catalogue


def _guided(catalogue: ProfileCatalogue) -> tuple[set[str], set[str]]:
    """The procedures to which a guide may lead, and those to which it must."""
    listed = [made for made in catalogue.definitions.values() if not made.part_only]
    return {made.code for made in listed}, {made.code for made in listed if made.life_events}


def publish(
    catalogue: ProfileCatalogue, *, known: Surroundings, at: datetime, progress: Callable[[int, int], None]
) -> None:
    """Write what was read, version by version; VersionIsFixed where one differs from what was published."""
    arrange_vocabulary(catalogue.vocabulary, by=SYSTEM, at=at)
    for done, definition in enumerate(catalogue.definitions.values(), start=1):
        publish_version(definition, known=known, by=SYSTEM, at=at)
        progress(done, len(catalogue.definitions))
