"""From a paper in somebody's hand to "this is proved": no account, one file, one program, no network."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from psycopg.types.json import Jsonb

from camaug.access.models import Account
from camaug.audit import keys
from camaug.cases.actions.register import register
from camaug.cases.models import Case, Slip
from tests.applications import send_birth, shop_intake
from tests.integration.audit.conftest import History, RunningWitness, show_to_witnesses
from tests.integration.audit.test_what_is_handed_out import stranger
from tests.sessions import enter
from tests.unit.cases.papers import text_of
from tests.world import AT

pytestmark = pytest.mark.django_db(transaction=True)

PERSONAL = ("Lê Văn Được", "0917", "096091")


def paper_of(history: History, case: Case) -> str:
    """The address at the foot of the receipt, as the clerk prints and signs it."""
    clerk = Client()
    enter(clerk, Account.objects.get(pk=history.world.officers["district_clerk"]))
    pdf = clerk.get(f"/desk/intake/done/{case.code}/receipt/")
    found = re.findall(r"\S+(/proofs/[2-9A-Z]{12}/)", text_of(pdf.content))
    assert len(set(found)) == 1
    return str(found[0])


def test_who_holds_a_paper_from_a_counter_proves_it(
    history: History, witnessed: RunningWitness, tmp_path: Path
) -> None:
    send_birth(history.world)
    history.seal()
    case = register(shop_intake(history.world), by=history.world.officer("district_clerk"), at=AT)
    address, holder = paper_of(history, case), Client()
    assert holder.get(address.lower()).status_code == 200

    early = holder.get(f"{address}file/", follow=True)
    assert early.redirect_chain == [(address, 302)]
    assert "Bằng chứng sẽ có ngay" in early.content.decode()
    history.seal()
    assert "nhân chứng độc lập chưa ký" in holder.get(address).content.decode()
    assert show_to_witnesses() == 1
    page = holder.get(address).content.decode()
    assert "đang niêm phong" not in page.lower()
    assert str(keys.signer().verifier) in page.replace("&#43;", "+")
    assert not [one for one in PERSONAL if one in page]

    words = ["--key", str(keys.signer().verifier), "--witness", witnessed.key]
    proof, told = tmp_path / "proof.json", holder.get(f"{address}file/").content
    proof.write_bytes(told)
    assert not [one for one in PERSONAL if one in told.decode()]
    status, said = stranger(proof, *words)
    assert (status, said.splitlines()[-1]) == (0, f"HOLDS: 1 events of {case.code}, as they were sealed.")
    assert "cases.CaseReceived" in said

    for wrong in ("0000", "", "----"):
        refused = holder.post(address, {"fact": wrong})
        assert (refused.status_code, "attachment" in refused.headers.get("Content-Disposition", "")) == (422, False)
    whole = holder.post(address, {"fact": case.applicant_phone[-4:]}).content
    proof.write_bytes(whole)
    status, said = stranger(proof, *words)
    assert status == 0, said
    assert "Lê Văn Được" in said
    for forged in forgeries(json.loads(whole)):
        proof.write_text(json.dumps(forged))
        status, said = stranger(proof, *words)
        assert (status, said[:14]) == (1, "DOES NOT HOLD:")

    slip = Slip.objects.get(case=case)
    later = Jsonb({**slip.facts, "due_at": "2027-01-01T17:00:00+07:00"})
    history.sql("UPDATE cases_slip SET facts = %s WHERE id = %s", values=[later, slip.id])
    proof.write_bytes(holder.post(address, {"fact": case.applicant_phone[-4:]}).content)
    assert "beside.slip.facts is not what was sealed" in stranger(proof, *words)[1]


def forgeries(told: dict[str, Any]) -> list[dict[str, Any]]:
    """Another name on the paper, another day, another case, an event that names none."""
    made = [deepcopy(told) for _one in range(4)]
    opened = {key: value for key, value, _salt in made[0]["proofs"][0]["opened"]}
    opened["beside.slip.facts"]["sender"]["name"] = "Trần Văn Khác"
    for one in made[1]["proofs"][0]["opened"]:
        one[1] = "2027-01-01T17:00:00+07:00" if one[0] == "facts.due_at" else one[1]
    made[2]["case"] = "H12.39-261123-9999"
    made[3]["proofs"][0]["opened"] = [one for one in told["proofs"][0]["opened"] if one[0] != "facts.code"]
    return made


def test_who_follows_by_code_proves_what_he_is_shown(history: History, tmp_path: Path) -> None:
    case = register(shop_intake(history.world), by=history.world.officer("district_clerk"), at=AT)
    holder = Client()
    holder.post("/follow/", {"code": case.code, "fact": case.applicant_phone[-4:]})
    assert "/follow/case/proof/" in holder.get("/follow/case/").content.decode()
    assert "Nhật ký đang được niêm phong" in holder.get("/follow/case/proof/").content.decode()
    history.seal()
    proof, told = tmp_path / "proof.json", holder.get("/follow/case/proof/").content
    proof.write_bytes(told)
    status, said = stranger(proof, "--key", str(keys.signer().verifier))
    assert status == 0, said
    names = re.findall(r"cases\.(\w+)", said)
    assert names == ["CaseSubmitted", "PaymentConfirmed", "CaseReceived", "CaseHandedOver"]
    opened = {key for one in json.loads(told)["proofs"] for key, _value, _salt in one["opened"]}
    assert opened == {"facts.code", "facts.due_at"}  # neither the sum nor the number of its receipt
    assert Slip.objects.get().proof_code is None  # never printed, so no paper of it leads anywhere
