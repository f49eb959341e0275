"""The records of one corpus of a language-ID result, and what the lines of each class were taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from langcov.lid.classes import groups, stands_for
from langcov.lid.labels import Sentinel
from langcov.metrics.lid.metric import COUNTED_IN, UNSUPPORTED
from langcov.report import wording as words
from langcov.report.notes import marked
from langcov.report.numbers import Numbers
from langcov.results.result import Record, Result
from langcov.text.scripts import comparable


class LidNumbers(Numbers):
    """Records by system, class and metric; a class stands under its name, ``tat-bak-sty_Cyrl`` too.

    Attributes:
        taken: for each system that failed nowhere and each gold class, the lines predicted as each class or
            sentinel.
        classes: names of the classes that are shown: those with lines or with a value, sorted.
        lines: of each class, those on gold lists left out.
        names: of each class, for a reader.
        shown: the same, with a mark where the text has many errors.
        ids: languages of all classes.
        noun: what the classes are called together.
        tests: the model of the highest macro F1 against each other one; none where nothing could be tested.
    """

    def __init__(self, result: Result, corpus: str) -> None:
        self.taken: dict[str, dict[str, Counter[str]]] = {}
        failed = {
            row["system"]
            for row in result.totals
            if row["corpus"] == corpus and row.get("predictions") is None
        }
        for row in result.details.get("confusion", []):
            if row["corpus"] == corpus and row["system"] not in failed:
                of_system = self.taken.setdefault(row["system"], {})
                of_system.setdefault(row["gold"], Counter())[row["predicted"]] += row["count"]
        gold = {name for of_system in self.taken.values() for name in of_system}
        self._members: dict[str, tuple[str, ...]] = {}
        super().__init__(replace(result, records=[self._named(r, gold) for r in result.records]), corpus)
        valued = {r.language for r in self._found.values() if r.language and r.value is not None}
        self.classes = sorted(gold | valued)
        self.lines = {
            name: max(of_system[name].total() for of_system in self.taken.values() if name in of_system)
            for name in sorted(gold)
        }
        ids = {name: self._members.get(name, (name,)) for name in self.classes}
        self.ids = [id for of_class in ids.values() for id in of_class]
        self.noun = "classes" if self._members else "languages"
        simple = words.language_names([name for name in self.classes if name not in self._members])
        self.names = {
            name: simple.get(name) or ", ".join(words.language_names(ids[name]).values()) for name in ids
        }
        self.shown = marked(result, corpus, self.names)
        tests = result.details.get("comparisons", [])
        self.tests = [row for row in tests if row["corpus"] == corpus]

    def _named(self, record: Record, gold: set[str]) -> Record:
        """The record of a group of languages under the name of its class."""
        if record.language or not record.languages:
            return record
        name = _class_of(record.languages, gold)
        self._members[name] = record.languages
        return replace(record, language=name, languages=None)

    def name(self, one: str) -> str:
        """A class, or a language that is none in this test, for a reader."""
        return self.names.get(one) or words.language_names([one])[one]

    def family(self, name: str) -> str:
        """The family of a class."""
        return words.family(self._members.get(name, (name,))[0])

    def counted_in(self, system: str, id: str) -> str:
        """The class in which a model's lines of a language are counted, which may be that of others too."""
        record = self.get(system, id, "recall")
        if record and (record.reason or "").startswith(COUNTED_IN):
            return str(record.reason).split()[2]
        code, _, script = id.partition("_")
        return f"{code}_{comparable(script)}"

    def supported(self, system: str, name: str) -> bool:
        """Whether the model has a label for a class."""
        record = self.get(system, name, "recall")
        return record is not None and record.reason != UNSUPPORTED

    def unsupported(self, system: str) -> list[str]:
        """The classes with lines that the model has no label for."""
        return [name for name in self.taken.get(system, {}) if not self.supported(system, name)]

    def mistaken(self, system: str, name: str) -> tuple[str, float] | None:
        """What lines of a class were taken for most often when wrongly, and the share of its lines."""
        found = self.taken.get(system, {}).get(name, Counter())
        wrong = [(-n, predicted) for predicted, n in found.items() if n and not stands_for(predicted, name)]
        if not wrong:
            return None
        lines, predicted = min(wrong)
        return predicted, -lines / found.total()

    def false_positives(self, system: str, name: str) -> int:
        """Lines of other classes that were wrongly taken for this one."""
        return sum(self._claims(system, name, gold) for gold in self.taken.get(system, {}) if gold != name)

    def precision(self, system: str, name: str, gold: Sequence[str]) -> float | None:
        """The precision of a class where lines of only these classes are in the test."""
        claims = {one: self._claims(system, name, one) for one in gold if one in self.taken.get(system, {})}
        predicted = sum(claims.values())
        return claims[name] / predicted if predicted and name in claims else None

    def _claims(self, system: str, name: str, gold: str) -> int:
        """Lines of a class that were taken for another one, or for itself, and are right for no third."""
        return sum(
            lines
            for predicted, lines in self.taken[system][gold].items()
            if stands_for(predicted, name) and (gold == name or not stands_for(predicted, gold))
        )


def is_language(predicted: str) -> bool:
    """Whether a prediction names one, and is no sentinel."""
    return predicted not in {sentinel.value for sentinel in Sentinel}


def _class_of(languages: Sequence[str], gold: Iterable[str]) -> str:
    """The gold class that is made of these languages, in their script if there is one.

    >>> _class_of(["bak_Cyrl", "tat_Cyrl"], ["rus_Cyrl", "tat-bak-sty_Cyrl", "tat-bak-sty_Latn"])
    'tat-bak-sty_Cyrl'
    """
    named = {groups().get(id) or groups().get(id.partition("_")[0]) for id in languages}
    scripts = {id.partition("_")[2] for id in languages}
    found = sorted(name for name in gold if name.partition("_")[0] in named)
    return min(found, key=lambda name: name.partition("_")[2] not in scripts, default=languages[0])
