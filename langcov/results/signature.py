"""The line that people quote: what was measured, on what, and with which settings.

After the signature of sacrebleu: ``key:value`` pairs joined with ``|``. Names carry a hash of their
content, so two results with the same long signature measured the same text with the same files, and in the
same way: they have the same figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

SHORT = 8
Facts = Mapping[str, str | Sequence[str]]  # values by key; those of a list are joined with commas


def build(
    corpora: Iterable[tuple[str, str]],
    systems: Iterable[tuple[str, str | None]],
    settings: Facts,
    cards: Facts | None = None,
    *,
    label: str = "tok",
) -> dict[str, str]:
    """The signature, ``short`` (8 hex digits a hash) and ``long`` (whole hashes).

    Args:
        corpora: name and sha256 of each.
        systems: name and sha256 of each; None where the content can't be had (a callable).
        settings: what else the figures depend on (``words``, ``norm``, ``rows``, ``ci``, ``version`` …),
            in the order they are shown; an empty value is left out.
        cards: what figures depend on and the cards of the corpora say; only the long form has it.
        label: what a system is called: ``tok`` or ``lid``.

    >>> build([("udhr", "9f2c" * 16)], [("mine", None)], {"words": "uax29"})["short"]
    'corpus:udhr@9f2c9f2c|tok:mine@none|words:uax29'
    """
    corpora, systems = list(corpora), list(systems)

    def line(digits: int | None, said: Facts) -> str:
        parts = {"corpus": _joined(corpora, digits), label: _joined(systems, digits)}
        parts |= {key: _value(value) for key, value in said.items() if value}
        return "|".join(f"{_escaped(key)}:{value}" for key, value in parts.items())

    return {"short": line(SHORT, settings), "long": line(None, {**settings, **(cards or {})})}


def marked(signature: Mapping[str, str], partial: str) -> dict[str, str]:
    """The signature of a result that turned out to be only a part, before its version.

    >>> marked({"short": "corpus:a@9f2c|version:0.1.0"}, "hygiene")
    {'short': 'corpus:a@9f2c|partial:hygiene|version:0.1.0'}
    """
    mark = f"|partial:{partial}|version:"
    return {form: line.replace("|version:", mark, 1) for form, line in signature.items()}


def settings(signature: Mapping[str, str]) -> dict[str, str]:
    """What the signature of a result says of how it was made, by key.

    >>> settings({"short": "corpus:udhr@9f2c9f2c|words:uax29", "long": ""})["words"]
    'uax29'
    """
    return dict(part.partition(":")[::2] for part in signature["short"].split("|"))


def _joined(items: Iterable[tuple[str, str | None]], digits: int | None) -> str:
    return "+".join(f"{_escaped(name)}@{(sha256 or 'none')[:digits]}" for name, sha256 in items)


def _value(value: str | Sequence[str]) -> str:
    return _escaped(value) if isinstance(value, str) else ",".join(map(_item, value))


def _item(text: str) -> str:
    return _escaped(text).replace(",", "%2C")


def _escaped(text: str) -> str:
    """Percent-encode what would end a part of the line, or the line, and what nobody sees.

    >>> _escaped("a|b+c")
    'a%7Cb%2Bc'
    """
    return "".join(
        quote(c, safe="", errors="surrogateescape") if c in "%|+@" or not c.isprintable() else c for c in text
    )
