"""What the checks of all lines are called and why they matter; they are made elsewhere (``LineCheck``)."""

from __future__ import annotations

from langcov.hygiene.engine.registry import Check

CHECKS = (
    Check(
        "encoding",
        "Lines that can't be read",
        "Bytes that are no text in the encoding of the file: part of the file is in another, or was damaged.",
    ),
    Check(
        "missing-letters",
        "Letters of the alphabet are missing",
        "Where a keyboard or a font lacks the letters that an alphabet adds, others are typed for them, "
        "and different words become one.",
    ),
    Check(
        "russian-line",
        "Lines in Russian",
        "Russian among the text is counted and learnt as if it were the language.",
    ),
    Check(
        "sister-language",
        "Lines in a related language",
        "Related languages are easily taken for each other, above all by programs that know one of them.",
    ),
    Check(
        "other-language",
        "Lines in another language",
        "Text in another language is counted and learnt as if it were the declared one.",
    ),
    Check(
        "duplicate-line",
        "Lines that stand twice",
        "What stands twice counts twice: menus, headings and copied articles distort every figure.",
    ),
    Check(
        "near-duplicate-line",
        "Lines that are almost the same",
        "Versions of one text count as several, and one may stand in training and the other in a test.",
    ),
    Check(
        "benchmark-overlap",
        "Lines of a benchmark",
        "A model that has seen a benchmark in training is no longer measured by it.",
    ),
    Check(
        "line-length",
        "Very long lines",
        "A line is taken for a sentence or a paragraph; a very long one often means that line ends are lost.",
    ),
    Check(
        "line-letters",
        "Lines with few letters",
        "Tables, page numbers and rules of signs are no text of the language.",
    ),
)
