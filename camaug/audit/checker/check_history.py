#!/usr/bin/env python3
"""Checks, without any network and with Python 3.9 or later alone, a proof that CaMau-G handed out about a case.

    python3 check_history.py PROOF.json --key KEY [--witness KEY ...]

KEY is the public key as it stands on the province's page of the sealed history, best read there by somebody else or
earlier. For every event of the file it is checked that

1. each opened value fits its commitment in the event's entry:
   base64(SHA-256(salt + JSON of [key, value]));
2. the entry is a leaf of the tree whose head is given (RFC 6962: SHA-256(0x00 + entry), SHA-256(0x01 + left + right)),
   by its number and path;
3. the head is signed by KEY (Ed25519 over the text above the empty line; C2SP signed-note);
4. with --witness: the head is signed by each of those witnesses too (C2SP cosignature/v1);
5. all events are of the case that the file names: each that opens a code opens this one, and one at least does.

It prints what was proved and ends with status 0; else it says what does not hold and ends with 1.
"""

import argparse
import base64
import hashlib
import json
import sys
from typing import Any, NoReturn

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def add(a: Point, b: Point) -> Point:
    """The sum of two points of the curve (RFC 8032, 5.1.4)."""
    m, n = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(number: int, point: Point) -> Point:
    """The point added to itself so often."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = add(found, point)
        point, number = add(point, point), number >> 1
    return found


def point(text: bytes) -> Point:
    """The point that 32 bytes stand for; ValueError."""
    y, odd = int.from_bytes(text, "little") & (2**255 - 1), text[31] >> 7
    if len(text) != 32 or y >= P:
        raise ValueError("no point")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and odd):
        raise ValueError("no point")
    if x & 1 != odd:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the Ed25519 signature (64 bytes) of the message is that key's (RFC 8032, 5.1.7)."""
    if len(signature) != 64:
        return False
    try:
        key, r = point(public), point(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(k, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def has_signed(key: str, note: str) -> bool:
    """Whether a line under the note is a good signature of that key, told as name+id+base64."""
    name, _, rest = key.strip().partition("+")
    told, _, encoded = rest.partition("+")
    content = base64.b64decode(encoded)
    kind, public = content[0], content[1:]
    key_id = hashlib.sha256(name.encode() + b"\n" + content).digest()[:4]
    text, _, lines = note.rpartition("\n\n")
    if kind not in (1, 4) or key_id.hex() != told:
        return False
    for line in lines.splitlines():
        dash, _, blob = line.partition(f" {name} ")
        if dash != "\u2014":
            continue
        signature = base64.b64decode(blob)
        said = f"{text}\n"
        if kind == 4:
            said = f"cosignature/v1\ntime {int.from_bytes(signature[4:12], 'big')}\n{said}"
            signature = signature[:4] + signature[12:]
        if signature[:4] == key_id and is_signed(public, said.encode(), signature[4:]):
            return True
    return False


def root_of(entry: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which the path leads from the entry (RFC 9162, 2.1.3.2); ValueError."""
    found, here, last = hashlib.sha256(b"\0" + entry).digest(), index, size - 1
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    for step in path:
        if last == 0:
            raise ValueError("the path is too long")
        if here & 1 or here == last:
            found = hashlib.sha256(b"\1" + step + found).digest()
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\1" + found + step).digest()
        here, last = here >> 1, last >> 1
    if last:
        raise ValueError("the path is too short")
    return found


def check(proof: dict[str, Any], key: str, witnesses: list[str]) -> dict[str, Any]:
    """The entry with its opened values, all proved; ValueError says what does not hold."""
    entry: dict[str, Any] = json.loads(proof["entry"])
    for name, value, salt in proof["opened"]:
        said = json.dumps([name, value], ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        if base64.b64encode(hashlib.sha256(bytes.fromhex(salt) + said).digest()).decode() != entry["told"].get(name):
            raise ValueError(f"{name} is not what was sealed")
    origin, size, root = proof["head"].split("\n")[:3]
    path = [base64.b64decode(step) for step in proof["path"]]
    if root_of(proof["entry"].encode(), proof["index"], int(size), path) != base64.b64decode(root):
        raise ValueError("the entry is not in the tree of this head")
    if origin != key.partition("+")[0] or not has_signed(key, proof["head"]):
        raise ValueError("the head is not signed by this key")
    for witness in witnesses:
        if not has_signed(witness, proof["head"]):
            raise ValueError(f"the head is not signed by the witness {witness.partition('+')[0]}")
    return {**entry, "told": {name: value for name, value, _salt in proof["opened"]}}


def check_case(code: str, found: list[dict[str, Any]]) -> None:
    """Whether all the proved events are of the case of that code; ValueError."""
    codes = {entry["told"]["facts.code"] for entry in found if "facts.code" in entry["told"]}
    if codes != {code} or len({entry["subject"] for entry in found}) != 1:
        raise ValueError(f"the events are not of the case {code}")


def words_of(name: str, value: Any) -> str:
    """An opened value for reading: texts and numbers in the line, what a whole paper says below it."""
    told = json.dumps(value, ensure_ascii=False, indent=2) if isinstance(value, (dict, list)) else value
    return f"{name.partition('.')[2]}: {told}"


def fail(sentence: str) -> NoReturn:
    """Say what does not hold, and end."""
    sys.stdout.write(f"DOES NOT HOLD: {sentence}\n")
    sys.exit(1)


def main() -> None:
    """Check the file named on the command line."""
    words = argparse.ArgumentParser(description="Checks a proof that CaMau-G handed out about a case.")
    words.add_argument("proof", help="the file as it was handed out")
    words.add_argument("--key", required=True, help="the province's public key")
    words.add_argument("--witness", action="append", default=[], help="a witness's public key; may be repeated")
    asked = words.parse_args()
    try:
        with open(asked.proof, encoding="utf-8") as file:
            given = json.load(file)
        found = [check(proof, asked.key, asked.witness) for proof in given["proofs"]]
        check_case(given["case"], found)
    except OSError as slip:
        fail(f"the file cannot be read: {slip.strerror}")
    except (KeyError, TypeError, AttributeError, IndexError):
        fail("this is no proof of CaMau-G")
    except ValueError as slip:
        fail(str(slip))
    for entry in found:
        said = ", ".join(words_of(name, value) for name, value in sorted(entry["told"].items(), reverse=True))
        sys.stdout.write(f"{entry['at']}  {entry['name']}  {said}\n")
    sys.stdout.write(f"HOLDS: {len(found)} events of {given['case']}, as they were sealed.\n")


if __name__ == "__main__":
    main()
