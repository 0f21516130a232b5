"""A value for each parameter of each URL that has some, by the URL's full name.

SOME_ID and SOME_CODE stand for real objects: tests/belongings.py says, by the parameter's name, which these are.
"""

from uuid import UUID

SOME_ID = UUID("01900000-0000-7000-8000-000000000000")
SOME_CODE = "H12.39.32245-261123-9999"

SAMPLES: dict[str, dict[str, object]] = {
    "counter:done": {"code": SOME_CODE},
    "counter:receipt": {"code": SOME_CODE},
    "counter:form": {"procedure": "chung-thuc-ban-sao"},
    "counter:fee": {"procedure": "chung-thuc-ban-sao"},
    "counter:service": {"procedure": "chung-thuc-ban-sao"},
    "catalogue:agency": {"code": "H12.39.32245"},
    "catalogue:field": {"code": "ho-tich"},
    "catalogue:life_event": {"code": "sinh-con"},
    "catalogue:procedure": {"code": "dang-ky-khai-sinh"},
    "catalogue:schema": {"code": "dang-ky-khai-sinh"},
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
    "citizen:rating": {"case": SOME_ID},
    "citizen:file": {"case": SOME_ID, "file": SOME_ID},
    "citizen:slip": {"case": SOME_ID, "slip": SOME_ID},
    "citizen:result": {"case": SOME_ID, "result": SOME_ID},
    "cases:case": {"code": SOME_CODE},
    "cases:reception": {"code": SOME_CODE},
    "cases:refusal": {"code": SOME_CODE},
    "cases:supplement_request": {"code": SOME_CODE},
    "cases:supplement": {"code": SOME_CODE},
    "cases:assignment": {"code": SOME_CODE},
    "cases:hand_over": {"code": SOME_CODE},
    "cases:proposal": {"code": SOME_CODE},
    "cases:approval": {"code": SOME_CODE},
    "cases:preview": {"code": SOME_CODE},
    "cases:denial": {"code": SOME_CODE},
    "cases:rework": {"code": SOME_CODE},
    "cases:payment_request": {"code": SOME_CODE},
    "cases:payment": {"code": SOME_CODE},
    "cases:result": {"code": SOME_CODE},
    "cases:handing_out": {"code": SOME_CODE},
    "cases:control_sheet": {"code": SOME_CODE},
    "cases:declaration": {"code": SOME_CODE},
    "cases:paper": {"code": SOME_CODE, "paper": "giay-chung-sinh"},
    "cases:paper_files": {"code": SOME_CODE, "paper": "giay-chung-sinh"},
    "cases:file": {"code": SOME_CODE, "file": SOME_ID},
    "cases:slip": {"code": SOME_CODE, "slip": SOME_ID},
    "cases:result_sheet": {"code": SOME_CODE, "result": SOME_ID},
}
