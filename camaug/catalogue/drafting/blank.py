"""The content of a procedure that nobody has written yet: what every procedure has, the rest is missing."""

from camaug.catalogue.drafting.places import Content

_RECEIVE = {"id": "tiep-nhan", "kind": "RECEIVE", "agency": "RECEIVING", "hours": "2", "next": ["tra-ket-qua"]}
_RETURN = {"id": "tra-ket-qua", "kind": "RETURN", "agency": "RECEIVING", "hours": "2", "next": []}


def blank(code: str, *, name: str = "") -> Content:
    """A draft with a name, an empty form and a process of reception and return."""
    return {
        "code": code,
        "name": name,
        "plain_name": name,
        "national_code": {"value": None, "verify": True},
        "applicants": ["PERSON"],
        "channels": ["COUNTER"],
        "online_level": "NONE",
        "competence": {"level": "", "receiving": [], "competent": "SELF", "verify": True},
        "sequence": [],
        "papers": [],
        "sets": 1,
        "limits": [],
        "fees": [],
        "results": [],
        "basis": [],
        "form": {"title": name, "sections": [], "signed_by": "Người khai", "verify": True},
        "process": {
            "steps": [
                {**_RECEIVE, "name": "Tiếp nhận hồ sơ", "role": "ONE_STOP_CLERK", "back": []},
                {**_RETURN, "name": "Trả kết quả", "role": "ONE_STOP_CLERK", "back": []},
            ],
            "verify": True,
        },
        "parts": [],
    }
