"""The portal over HTTP: JSON by POST, in a session that a user name and a password open.

A call is {"session", "madonvi", "service", "isUpdating", "data"}; the answer {"error_code", "error_message", "result"},
where "0" and "00" mean that it was taken. An answer that the session is over is followed by one new session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from camaug.gateway.national.contract import Listed
from camaug.kernel.outgoing.asking import Unreachable, ask
from camaug.kernel.outgoing.sending import NotTaken

_LONGEST_ANSWER = 16 << 20
TAKEN = {"0", "00"}
SESSION_OVER = "401"
UNKNOWN = "404"
"""By which code a portal says that it has no such case; others answer with nothing."""


@dataclass(slots=True)
class HttpPortal:
    """The portal at `url`; `unit` is our code there. `sign_in` is the path, below the address, that opens a session."""

    url: str
    user: str
    password: str
    unit: str
    sign_in: str = "/login"
    _session: str = field(default="", repr=False)

    def call(self, service: str, data: Mapping[str, Any] | None = None, *, updating: bool = False) -> Any:
        """NationalPortal.call."""
        for last in (False, True):
            answer = self._post("", self._envelope(service, data or {}, updating=updating))
            code = str(answer.get("error_code", ""))
            if code in TAKEN:
                return answer.get("result")
            if code != SESSION_OVER or last:
                raise NotTaken(f"{code}: {answer.get('error_message', '')}"[:300], final=code != SESSION_OVER)
            self._session = ""
        raise AssertionError("a call ends by an answer or by NotTaken")

    def agencies(self) -> tuple[Listed, ...]:
        """NationalPortal.agencies."""
        return _listed(self.call("LayDanhMucCoQuan"), "DONVI")

    def fields(self) -> tuple[Listed, ...]:
        """NationalPortal.fields."""
        return _listed(self.call("LayDanhMucLinhVuc"), "LINHVUC")

    def case(self, code: str) -> Mapping[str, Any] | None:
        """NationalPortal.case."""
        try:
            found = self.call("TraCuuHoSo", {"mahoso": code})
        except NotTaken as no:
            if no.reason.startswith(f"{UNKNOWN}:"):
                return None
            raise
        if isinstance(found, list):
            found = found[0] if found else None
        if found and not isinstance(found, dict):
            raise NotTaken("what it knows of the case is no JSON object", final=True)
        return found or None

    def _envelope(self, service: str, data: Mapping[str, Any], *, updating: bool) -> dict[str, Any]:
        if not self._session:
            opened = self._post(self.sign_in, {"username": self.user, "password": self.password})
            self._session = str(opened.get("session") or "")
            if not self._session:
                raise NotTaken("the portal opened no session", final=False)
        return {
            "session": self._session,
            "madonvi": self.unit,
            "service": service,
            "isUpdating": updating,
            "data": dict(data),
        }

    def _post(self, path: str, content: Mapping[str, Any]) -> dict[str, Any]:
        try:
            reply = ask("POST", f"{self.url}{path}", content, longest=_LONGEST_ANSWER)
        except Unreachable as lost:
            raise NotTaken(f"unreachable: {lost}", final=False) from lost
        if not reply.is_good:
            raise NotTaken(f"HTTP {reply.status}", final=reply.is_final)
        answer = reply.content()
        if answer is None:
            raise NotTaken("the answer is no JSON object", final=False)
        return answer


def _listed(rows: Any, what: str) -> tuple[Listed, ...]:
    """Lines of a list: their code at MA…, their name at TEN…."""
    try:
        return tuple(Listed(str(row[f"MA{what}"]).strip(), str(row[f"TEN{what}"]).strip()) for row in rows or [])
    except (KeyError, TypeError) as no:
        raise NotTaken(f"the list is not as expected: {no}", final=True) from no
