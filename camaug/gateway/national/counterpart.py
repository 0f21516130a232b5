"""A small national portal on loopback, for tests and trials: it speaks the protocol, keeps what it is told, and fails
when told to.

NATIONAL_PORTAL_URL=http://127.0.0.1:9090, then `python -m camaug.gateway.national.counterpart 9090`.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from camaug.kernel.outgoing.counterpart import Call, Counterpart

USER, PASSWORD = "camau", "open sesame"


@dataclass(slots=True)
class LocalPortal(Counterpart):
    """Serves `url`. `cases` are the cases it knows by code, `steps` what was done on each.

    `failing`: an error code to answer with ("": takes all). `mute`: does what is asked, then hangs up unheard.
    `forget_sessions()`: every session is over. `procedures` is its catalogue, `agencies` and `fields` its lists, codes
    and names.
    """

    failing: str = ""
    mute: bool = False
    calls: list[dict[str, Any]] = field(default_factory=list)
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)
    steps: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    procedures: list[dict[str, Any]] = field(default_factory=list)
    agencies: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    sessions: set[str] = field(default_factory=set)
    opened: int = 0

    @property
    def url(self) -> str:
        """Where to post."""
        return self.address

    def answer(self, call: Call) -> tuple[int, object] | None:
        """One request: a session, or a call of a service."""
        content = call.content or {}
        if call.path.endswith("/login"):
            return 200, self.sign_in(content)
        answer = self.take(content)
        return None if self.mute else (200, answer)

    def forget_sessions(self) -> None:
        """End every session."""
        self.sessions.clear()

    def sign_in(self, content: dict[str, Any]) -> dict[str, Any]:
        """A session for the right user name and password."""
        if (content.get("username"), content.get("password")) != (USER, PASSWORD):
            return {"error_code": "403", "error_message": "unknown user"}
        self.opened += 1
        self.sessions.add(f"session-{self.opened}")
        return {"error_code": "0", "session": f"session-{self.opened}"}

    def take(self, content: dict[str, Any]) -> dict[str, Any]:
        """One call: the answer."""
        if content.get("session") not in self.sessions:
            return {"error_code": "401", "error_message": "no session"}
        self.calls.append(content)
        if self.failing:
            return {"error_code": self.failing, "error_message": "told to fail"}
        service = _SERVICES.get(str(content.get("service")))
        if service is None:
            return {"error_code": "404", "error_message": "unknown service"}
        return service(self, content)

    def case_told(self, content: dict[str, Any]) -> dict[str, Any]:
        """DongBoHoSoMC: the whole case, over what was known of it."""
        data = content["data"]
        missing = [name for name in ("MaHoSo", "MaTTHC", "ChuHoSo", "TrangThaiHoSo") if not data.get(name)]
        if missing:
            return {"error_code": "422", "error_message": f"missing: {', '.join(missing)}"}
        self.cases[data["MaHoSo"]] = data
        return {"error_code": "0", "result": {"MaHoSo": data["MaHoSo"]}}

    def step_told(self, content: dict[str, Any]) -> dict[str, Any]:
        """CapNhatTienDoHoSoMC: one thing that was done; told twice it is kept once."""
        data = content["data"]
        if data.get("MaHoSo") not in self.cases:
            return {"error_code": "409", "error_message": "unknown case"}
        done = self.steps.setdefault(data["MaHoSo"], [])
        if data not in done:
            done.append(data)
        return {"error_code": "0", "result": {}}

    def case_asked(self, content: dict[str, Any]) -> dict[str, Any]:
        """TraCuuHoSo."""
        case = self.cases.get(content["data"].get("mahoso", ""))
        return {"error_code": "0", "result": case} if case else {"error_code": "404", "error_message": "unknown case"}

    def procedures_asked(self, _content: dict[str, Any]) -> dict[str, Any]:
        """LayDanhSachTTHC: codes and names."""
        listed = [{key: one[key] for key in ("MATTHC", "TENTTHC")} for one in self.procedures]
        return {"error_code": "0", "result": listed}

    def procedure_asked(self, content: dict[str, Any]) -> dict[str, Any]:
        """LayThuTuc: one procedure whole."""
        wanted = content["data"].get("maTTHC")
        found = next((one for one in self.procedures if one["MATTHC"] == wanted), None)
        return {"error_code": "0", "result": found} if found else {"error_code": "404", "error_message": "unknown"}

    def agencies_asked(self, _content: dict[str, Any]) -> dict[str, Any]:
        """LayDanhMucCoQuan."""
        listed = [{"MADONVI": code, "TENDONVI": name, "CAPDONVI": "1"} for code, name in self.agencies.items()]
        return {"error_code": "0", "result": listed}

    def fields_asked(self, _content: dict[str, Any]) -> dict[str, Any]:
        """LayDanhMucLinhVuc."""
        listed = [{"MALINHVUC": code, "TENLINHVUC": name, "MANGANH": ""} for code, name in self.fields.items()]
        return {"error_code": "0", "result": listed}


_SERVICES: dict[str, Callable[[LocalPortal, dict[str, Any]], dict[str, Any]]] = {
    "DongBoHoSoMC": LocalPortal.case_told,
    "CapNhatTienDoHoSoMC": LocalPortal.step_told,
    "TraCuuHoSo": LocalPortal.case_asked,
    "LayDanhSachTTHC": LocalPortal.procedures_asked,
    "LayThuTuc": LocalPortal.procedure_asked,
    "LayDanhMucCoQuan": LocalPortal.agencies_asked,
    "LayDanhMucLinhVuc": LocalPortal.fields_asked,
}


if __name__ == "__main__":
    LocalPortal(port=int(sys.argv[1])).serve_for_ever()
