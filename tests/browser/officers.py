"""What the commune's officers do with a case while a citizen waits in the browser: run beside the site, on its database.

draft: receive, send the draft of the certificate. decide: propose, approve, publish. carry: all that, the clerk taking
the citizen's word on the draft. ask: ask for a sharper photo and another name.
"""

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.approve import approve
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.models import Case, Outcome
from camaug.kernel.actors import Actor
from camaug.kernel.clock import now

CLERK, SPECIALIST = "tanan_tranthiminh@camau.gov.vn", "tanan_leanhtuan@camau.gov.vn"
CHAIRMAN, REGISTRAR = "tanan_phamvanhung@camau.gov.vn", "tanan_ngothikimchi@camau.gov.vn"


def officer(email: str) -> Actor:
    return actor_of(Account.objects.get(email=email), at=now(), origin="test")


def draft(case: Case) -> None:
    receive(case.id, by=officer(CLERK), at=now())
    show_draft(case.id, by=officer(SPECIALIST), at=now())


def carry(case: Case) -> None:
    draft(case)
    answer_draft(case.id, agrees=True, by=officer(CLERK), at=now())
    decide(case)


def decide(case: Case) -> None:
    propose(case.id, Outcome.GRANTED, by=officer(SPECIALIST), at=now())
    approve(case.id, by=officer(CHAIRMAN), at=now())
    publish_result(case.id, by=officer(REGISTRAR), at=now())


def ask(case: Case) -> None:
    items = [
        Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ, không đọc được ngày sinh. Chụp lại ở chỗ sáng."),
        Item("", "Tên của bé trong tờ khai", "Giấy chứng sinh ghi khác. Xem lại họ, chữ đệm, tên."),
    ]
    request_supplement(case.id, items, reason="Hồ sơ còn hai chỗ cần sửa.", by=officer(CLERK), at=now())


def do(what: str, code: str) -> None:
    {"draft": draft, "decide": decide, "carry": carry, "ask": ask}[what](Case.objects.get(code=code))
