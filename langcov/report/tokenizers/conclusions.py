"""What to conclude, in at most three sentences made from the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from langcov.core.names import number_of
from langcov.report import wording as words
from langcov.report.tokenizers.numbers import TokenizerNumbers


def findings(numbers: TokenizerNumbers, names: Mapping[str, str]) -> list[str]:
    """The dearest language and why, how the tokenizers differ, and where text is lost."""
    sentences = [_dearest(numbers, names), _fewest(numbers), _lost(numbers, names)]
    return [sentence for sentence in sentences if sentence]


def _whole(numbers: TokenizerNumbers) -> list[str]:
    """Tokenizers that keep the text of every language: only their counts can be compared."""
    return [
        system
        for system in numbers.rivals
        if not any(numbers.loses_text(system, language) for language in numbers.languages)
    ]


def _dearest(numbers: TokenizerNumbers, names: Mapping[str, str]) -> str:
    dearest = [
        (found.value, system, found.language, reference)
        for reference in numbers.references
        for system in _whole(numbers)
        if (found := numbers.extreme(system, "premium", reference))
    ]
    if not dearest:
        return ""
    premium, system, language, reference = max(dearest)
    sentence = (
        f"With {words.visible(system)} a text in {names[language]} costs {words.number(premium)}× the tokens "
        f"of {names.get(reference, reference)}"
    )
    parts = numbers.split(system, language, reference)
    if not parts:
        return sentence + "."
    of_bytes, of_vocabulary = map(words.number, parts)
    return f"{sentence}: bytes explain {of_bytes}× of it and the vocabulary {of_vocabulary}×."


def _fewest(numbers: TokenizerNumbers) -> str:
    """In how many languages each tokenizer needs the fewest tokens by the test, and in how many none does."""
    found = [numbers.lowest(*what) for what in numbers.tested if what[1] == "fertility"]
    if not found:
        return ""
    best = Counter(lowest[0] for lowest in found if len(lowest) == 1)
    each = words.some([f"{words.visible(system)} in {n}" for system, n in best.most_common()])
    several = len(found) - best.total()
    parts = [f"the fewest tokens are needed by {each}"] * bool(best)
    parts += [f"in {several} no tokenizer is told apart from all others"] * bool(several)
    return f"Of {number_of(len(found), 'language')} in which tokenizers are compared, {'; '.join(parts)}."


def _lost(numbers: TokenizerNumbers, names: Mapping[str, str]) -> str:
    lost = [
        (found.value, system, found.language)
        for system in numbers.rivals
        if (found := numbers.extreme(system, "lost_characters"))
        and numbers.loses_text(system, found.language)
    ]
    if not lost:
        return ""
    share, system, language = max(lost)
    more = f" ({len(lost)} tokenizers lose some)" if len(lost) > 1 else ""
    return (
        f"{words.visible(system)} loses text of {names[language]}: {words.number(share, 'share')} of its "
        f"characters are lost, so a low count there is no saving{more}."
    )
