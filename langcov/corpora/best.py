"""For some languages the bundled corpora that tell most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from langcov.corpora.base import Corpus, among, only
from langcov.corpora.resolve import all_bundled, tell_missing
from langcov.corpora.tables.word_table import open_table
from langcov.languages import find


class Picked(NamedTuple):
    """Bundled corpora for some languages, and by language the name of the one that counts; empty for none."""

    corpora: list[Corpus]
    where: dict[str, str]


def best_bundled(
    languages: Sequence[str], references: Sequence[str] = (), trained_on: Iterable[str] = ()
) -> Picked:
    """For each language the bundled corpus that tells most of it, with the references that it has.

    A text goes before a lexicon, an aligned one before others, then the one that fewest tokenizers were
    trained on, then the one with most rows of the language.

    Args:
        languages, references: any names that ``langcov.languages.find`` knows.
        trained_on: names of corpora, once for each tokenizer that was trained on one.

    Raises:
        UserError: no bundled corpus has any of the languages, or nothing has that name.

    >>> best_bundled(["tat", "sah", "che"]).where
    {'tat_Cyrl': 'ntrex', 'sah_Cyrl': 'udhr', 'che_Cyrl': 'panlex'}
    """
    seen, corpora = Counter(trained_on), {corpus.name: corpus for corpus in all_bundled()}
    rows = {name: open_table(corpus.sources[0].path).rows for name, corpus in corpora.items()}

    def rank(name: str, chosen: set[str]) -> tuple[bool, bool, int, int, str]:
        corpus, n = corpora[name], sum(len(rows[name].get(one, ())) for one in chosen)
        return corpus.kind != "text", corpus.alignment == "none", seen[name], -n, name

    tell_missing([*corpora.values()], languages)
    where: dict[str, str] = {}
    for asked in languages:
        found = {name: among(set(corpus.languages), asked) for name, corpus in corpora.items()}
        ranked = sorted(rank(name, chosen) for name, chosen in found.items() if chosen)
        best = ranked[0][-1] if ranked else ""
        where |= dict.fromkeys(sorted(found[best]) if best else [find(asked).id], best)
    used = {name: [one for one in where if where[one] == name] for name in filter(None, where.values())}
    return Picked([only([corpora[name]], used[name], references)[0] for name in used], where)
