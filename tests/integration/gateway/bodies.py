"""A body, right in its form, for each operation that needs one."""

from typing import Any
from uuid import UUID

SOME = str(UUID("01900000-0000-7000-8000-000000000001"))
REASON = {"reason": "Vì cần thiết"}

BODIES: dict[str, Any] = {
    "start_own_case": {"procedure": "dang-ky-khai-sinh"},
    "fill_own_case": {"email": "ten@example.vn"},
    "supplement_own_case": {"answer": "Đã bổ sung"},
    "withdraw_own_case": REASON,
    "answer_own_draft": {"agrees": True},
    "rate_own_case": {"satisfaction": "SATISFIED"},
    "add_own_file": b"x",
    "add_own_upload": {"upload": SOME, "paper": "giay-chung-sinh"},
    "begin_upload": {"file_name": "a.jpg", "size": 3},
    "send_piece": b"abc",
    "add_case_file": b"x",
    "register_case": {"procedure": "dang-ky-khai-sinh", "receiving_agency": "H12.39.32245", "name": "Nguyễn Thị Lan"},
    "move_refuse": REASON,
    "move_deny": REASON,
    "move_ask_withdrawal": REASON,
    "move_approve": {},
    "move_resume": {},
    "move_take_back": {},
    "move_drop_withdrawal": {},
    "move_hand_over": {},
    "move_propose": {"proposal": "GRANTED"},
    "move_send_back": REASON,
    "move_reopen": REASON,
    "move_assign": {"to": SOME},
    "move_request_supplement": {"items": [{"name": "Giấy chứng sinh", "reason": "Mờ"}]},
    "move_supplement": {},
    "move_ask_payment": {},
    "move_confirm_payment": {"way": "CASH"},
    "move_answer_draft": {"agrees": True},
    "move_pay_back": {"way": "CASH"},
    "move_hand_out": {"name": "Nguyễn Thị Lan"},
    "move_consult": {"text": "Có đúng không?"},
    "move_answer": {"consultation": SOME, "verdict": "AGREES", "text": "Đúng"},
    "move_withdraw_question": {"consultation": SOME, **REASON},
    "move_suspend": {"ground": "X", "document": "1/2026", **REASON},
    "move_apologise": {"new_date": "2026-12-01", **REASON},
    "move_stop": {},
    "move_amend": {"answers": {}, "name": "A", **REASON},
    "move_correct_result": REASON,
    "move_revoke_result": REASON,
}
QUERIES = {"add_own_file": "?paper=giay-chung-sinh&name=a.jpg", "add_case_file": "?paper=giay-chung-sinh&name=a.jpg"}
HEADERS = {"follow_case": {"Second-Fact": "0000"}, "send_piece": {"Upload-Offset": "0"}}
