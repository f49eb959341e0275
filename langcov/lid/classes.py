"""Which languages count as one: the policies ``strict``, ``macro`` and ``group`` of a LID evaluation.

Gold and predictions meet in classes: the code of the language, or of what it is merged into, and the script.
A gold class has the script that its source declares; a label that names none is a class without a script,
which stands for its language in every script.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from langcov.data import read_table
from langcov.errors import UserError
from langcov.languages.iso639 import members
from langcov.lid.labels import Meaning, Sentinel
from langcov.text.scripts import comparable

Policy = Literal["strict", "macro", "group"]
POLICIES: tuple[Policy, ...] = ("strict", "macro", "group")


@dataclass(frozen=True)
class Classes:
    """The classes of an evaluation."""

    policy: Policy  # the rule that they are made by
    # the class code of each language that is not a class of its own, by ISO 639-3 code, or by code and script
    # where that decides (``crh_Cyrl``)
    merged: Mapping[str, str]

    def code(self, iso639_3: str, script: str) -> str:
        """The class code of a language in a script: a code of ISO 639-3 or the name of a group.

        Args:
            iso639_3: its code.
            script: of ISO 15924, empty for a label that names none.
        """
        return self._code(iso639_3, comparable(script))

    def _code(self, iso639_3: str, written: str) -> str:
        return self.merged.get(f"{iso639_3}_{written}") or self.merged.get(iso639_3, iso639_3)

    def name(self, iso639_3: str, script: str) -> str:
        """The class of a language in a script, ``tat_Cyrl``; without a script if there is none.

        Scripts are those of :func:`langcov.text.scripts.comparable`, so ``Hans``, ``Hant`` and ``Jpan`` are
        all ``Hani``.
        """
        written = comparable(script)
        code = self._code(iso639_3, written)
        return f"{code}_{written}" if written else code

    def predicted(self, meaning: Meaning, gold: Collection[str] = ()) -> str:
        """The class that a label names, or the name of its sentinel.

        Args:
            meaning: of the label.
            gold: the classes of the test: a script alone names the only one that is in it, else nobody.
        """
        if meaning.sentinel:
            return meaning.sentinel.value
        if meaning.iso639_3:
            return self.name(meaning.iso639_3, meaning.script)
        written = [name for name in gold if name.endswith(f"_{comparable(meaning.script)}")]
        return written[0] if len(written) == 1 else Sentinel.UNSURE.value


def stands_for(predicted: str, gold: str) -> bool:
    """Whether a prediction is right on lines of a gold class.

    Args:
        predicted: the class that a label names; without a script it stands for its language in every script.
        gold: a class with its script.

    >>> stands_for("tat_Cyrl", "tat_Cyrl"), stands_for("tat_Latn", "tat_Cyrl"), stands_for("tat", "tat_Cyrl")
    (True, False, True)
    >>> stands_for("crh", "crh-tur-gag-azj_Latn"), stands_for("unsure", "tat_Cyrl")
    (True, False)
    """
    code, _, script = gold.partition("_")
    return predicted in (gold, code) or groups().get(f"{predicted}_{script}") == code


def class_codes(policy: Policy, gold_codes: Iterable[str], label_codes: Iterable[str]) -> Classes:
    """The classes of an evaluation.

    ``strict`` merges nothing. ``macro`` makes one class of each macrolanguage that is a code of the gold or
    of a label: its members, in the gold or predicted, fall into it, as nobody can tell them from it.
    ``group`` does the same and then merges the groups of ``langcov/data/lid_groups.tsv``; a macrolanguage
    goes, with all its members, where one of them goes. A gold language whose class has not its own code has
    no figures of its own: they are null, with the class as the reason.

    Raises:
        UserError: the policy is none of ``POLICIES``.

    >>> classes = class_codes("macro", ["kpv", "aze"], ["kom", "azj", "tat"])
    >>> classes.name("kpv", "Cyrl"), classes.name("azj", "Latn"), classes.name("tat", "Cyrl")
    ('kom_Cyrl', 'aze_Latn', 'tat_Cyrl')
    >>> sisters = class_codes("group", ["crh"], ["tat"])
    >>> sisters.name("crh", "Latn"), sisters.name("crh", "Cyrl"), sisters.name("tat", "Cyrl")
    ('crh-tur-gag-azj_Latn', 'kum-krc-nog-crh-kaz-kaa_Cyrl', 'tat-bak-sty_Cyrl')
    """
    if policy not in POLICIES:
        raise UserError(f"unknown policy {policy!r}: it is one of {', '.join(POLICIES)}")
    if policy == "strict":
        return Classes(policy, {})
    used = {code: members(code) for code in sorted({*gold_codes, *label_codes})}
    merged = {member: macro for macro, held in used.items() for member in held}
    if policy == "group":
        grouped = groups()
        for macro, held in used.items():
            group = next((grouped[code] for code in (macro, *held) if code in grouped), "")
            if held and group:
                merged |= dict.fromkeys((macro, *held), group)
        merged |= grouped
    return Classes(policy, merged)


@cache
def groups() -> Mapping[str, str]:
    """The name of the group of sister languages by member: ``tat``, or ``crh_Cyrl`` where the script decides.

    >>> groups()["bak"]
    'tat-bak-sty'
    """
    return {row["member"]: row["group"] for row in read_table("lid_groups.tsv")}
