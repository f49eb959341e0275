"""Each alias of an array type stands in one place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import langcov

PACKAGE = Path(langcov.__file__).parent


def test_no_two_modules_name_an_array_type_alike() -> None:
    named = Counter(
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"^(\w+) = NDArray\[", path.read_text("utf-8"), re.M)
    )
    assert named["Ints"] == 1
    assert named.most_common(1)[0][1] == 1
