"""A value for each parameter of each URL that has some, by the URL's full name.

A sample need not exist in the database: where a page is closed to an actor, it is closed before anything is looked up.
"""

from uuid import UUID

SOME_ID = UUID("01900000-0000-7000-8000-000000000000")

SAMPLES: dict[str, dict[str, object]] = {
    "notify:reading": {"message_id": SOME_ID},
    "ui:gallery-frame": {"frame": "desk"},
}
