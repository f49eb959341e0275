"""Which tokenizer to take for a language, in words, with the test that says so."""

from __future__ import annotations

from langcov.core.ui import _, decimal, language
from langcov.report import wording as words
from langcov.report.languages.name import language_name
from langcov.report.tokenizers.numbers import TokenizerNumbers
from langcov.results.result import Result

FERTILITY = "fertility"


def answers(result: Result) -> list[str]:
    """A heading, and a line for each language that was asked for, in the language that is spoken.

    None where nobody asked: corpora were named, or no languages.
    """
    asked = result.details.get("asked", [])
    numbers = {corpus: TokenizerNumbers(result, corpus) for corpus in {row["told_by"] for row in asked}}
    kinds = {card["name"]: card.get("kind") for card in result.corpora}
    lines = [_("Which of these tokenizers to take, by the fewest tokens a word:")] * bool(asked)
    for row in asked:
        id, corpus = row["asked"], row["told_by"]
        if not corpus:
            lines.append(
                _("{language}: no bundled corpus has it; name one with --corpus.", language=_name(id))
            )
            continue
        place = _("{corpus}, a list of words", corpus=corpus) if kinds.get(corpus) == "lexicon" else corpus
        said = "; ".join([_best(numbers[corpus], id), *_left_out(numbers[corpus], id)])
        lines.append(f"{_name(id)} ({place}): {said}.")
    return lines


def _best(numbers: TokenizerNumbers, id: str) -> str:
    """The tokenizer to take, or those that can't be told apart, or why no test says."""
    tests = sorted(numbers.tests(id, FERTILITY), key=lambda row: row["difference"])
    if not tests:
        return _untested(numbers, id)
    lowest = numbers.lowest(id, FERTILITY)
    record = numbers.get(lowest[0], id, FERTILITY)
    values = {
        "system": words.visible(lowest[0]),
        "systems": ", ".join(map(words.visible, lowest)),
        "value": _number(record.value or 0.0 if record else 0.0),
        "other": words.visible(tests[0]["other"]),
        **{key: _number(tests[0][key]) for key in ("difference", "low", "high")},
        "p": decimal(f"{tests[0]['p_adjusted']:.3f}"),
        "rows": record.rows if record else 0,
    }
    if len(lowest) == 1:
        return _(
            "{system}, {value} tokens a word; the next, {other}, needs {difference} more [{low}, {high}], "
            "p = {p} (paired bootstrap over {rows} rows, Holm)",
            **values,
        )
    return _(
        "not distinguishable: {systems}; {other} needs {difference} tokens a word more than {system} "
        "[{low}, {high}], p = {p} (paired bootstrap over {rows} rows, Holm)",
        **values,
    )


def _untested(numbers: TokenizerNumbers, id: str) -> str:
    fit = [
        system
        for system in numbers.rivals
        if numbers.value(system, id, FERTILITY) is not None and not _reason(numbers, system, id)
    ]
    systems = ", ".join(map(words.visible, fit))
    if len(fit) > 1:
        rows = max(record.rows for system in fit if (record := numbers.get(system, id, FERTILITY)))
        return _("no test, as {rows} rows are too few: {systems}", rows=rows, systems=systems)
    if fit:
        return _("only one tokenizer can be compared, {system}, so that nothing is tested", system=systems)
    return _("no tokenizer can be compared")


def _left_out(numbers: TokenizerNumbers, id: str) -> list[str]:
    """The tokenizers that are not compared, each with the reason; nobody would choose a yardstick."""
    reasons = {system: _reason(numbers, system, id) for system in numbers.rivals}
    told = [f"{words.visible(system)} ({reason})" for system, reason in reasons.items() if reason]
    return [_("left out: {systems}", systems=", ".join(told))] if told else []


def _reason(numbers: TokenizerNumbers, system: str, id: str) -> str:
    record = numbers.get(system, id, FERTILITY)
    if record is None or record.value is None:
        return words.visible(record.reason or "") if record else _("not measured")
    if numbers.trained(system):
        return _("trained on this corpus")
    if numbers.loses_text(system, id):
        share = decimal(words.number(numbers.lost(system, id), "share"))
        return _("loses {share} of the characters", share=share)
    return ""


def _number(value: float) -> str:
    return decimal(words.number(value))


def _name(id: str) -> str:
    return words.language_names([id])[id] if language() == "en" else language_name(id)
