"""The phone set of the contract: class 0 is blank or silence, class i + 1 is the contract's phone i."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

CONTRACT = Path(__file__).resolve().parents[3] / "contract" / "phones.en-us.json"


@cache
def phone_names() -> tuple[str, ...]:
    return tuple(p["arpabet"] for p in json.loads(CONTRACT.read_text(encoding="utf-8"))["phones"])


@cache
def _classes() -> dict[str, int]:
    return {name: i + 1 for i, name in enumerate(phone_names())}


def phone_class(symbol: str) -> int:
    """Class (1…39) of an ARPAbet symbol, with or without a stress digit. KeyError on an unknown one."""
    return _classes()[symbol.rstrip("0123456789")]


def phone_classes(symbols) -> tuple[int, ...]:
    return tuple(phone_class(s) for s in symbols)
