"""A value for each parameter of each URL that has some, by the URL's full name.

A sample need not exist in the database: where a page is closed to an actor, it is closed before anything is looked up.
"""

from uuid import UUID

SOME_ID = UUID("01900000-0000-7000-8000-000000000000")

SAMPLES: dict[str, dict[str, object]] = {
    "notify:reading": {"message_id": SOME_ID},
    "ui:gallery-frame": {"frame": "desk"},
    "citizen:apply": {"procedure": "dang-ky-khai-sinh"},
    "citizen:go_on": {"case": SOME_ID},
    "citizen:page": {"case": SOME_ID, "page": "ten-con"},
    "citizen:office": {"case": SOME_ID},
    "citizen:papers": {"case": SOME_ID},
    "citizen:delivery": {"case": SOME_ID},
    "citizen:check": {"case": SOME_ID},
    "citizen:delete": {"case": SOME_ID},
    "citizen:my_case": {"case": SOME_ID},
    "citizen:receipt": {"case": SOME_ID},
    "citizen:supplement": {"case": SOME_ID},
    "citizen:supplement_page": {"case": SOME_ID, "page": "ten-con"},
    "citizen:declaration": {"case": SOME_ID},
    "citizen:file": {"case": SOME_ID, "file": SOME_ID},
    "citizen:slip": {"case": SOME_ID, "slip": SOME_ID},
    "citizen:result": {"case": SOME_ID, "result": SOME_ID},
}
