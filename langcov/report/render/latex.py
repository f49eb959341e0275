"""The result as LaTeX tables for a paper: ``booktabs``, and ``longtable`` for what passes a page."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.report.blocks import Cell, Section, Table

_ESCAPES = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "[": "{[}",  # after a row's \\ a bare bracket would be read as its argument
        "]": "{]}",
        "▼": r"$\blacktriangledown$",
        "≈": r"$\approx$",
        "†": r"\dag{}",
        "°": r"$^{\circ}$",
        "±": r"$\pm$",
        "×": r"$\times$",
        "–": "--",
        "…": r"\dots{}",
        "·": r"$\cdot$",
        **{character: rf"\textsuperscript{{{digit}}}" for digit, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    }
)
_NEEDS = "% needs \\usepackage{amssymb,booktabs,longtable}"


def render(sections: Sequence[Section], signature: str) -> str:
    """One longtable for each table, findings and notes as paragraphs, the signature last."""
    parts = [_NEEDS]
    for section in sections:
        parts.append(rf"\paragraph{{{escaped(section.title)}}}")
        parts += map(_table, section.tables)
        parts += [rf"\noindent {escaped(line)}\par" for line in (*section.findings, *section.all_notes())]
    return "\n\n".join([*parts, rf"\noindent\texttt{{{escaped(signature)}}}"]) + "\n"


def _table(table: Table) -> str:
    width = len(table.columns) + 1
    titles = [escaped(column.title.replace("\n", " ")) for column in table.columns]
    lines = [rf"\begin{{longtable}}{{l{'r' * (width - 1)}}}"]
    if table.title:
        lines.append(rf"\caption{{{escaped(table.title)}}}\\")
    lines += [r"\toprule", _row([escaped(table.head), *titles]), r"\midrule", r"\endhead"]
    for index, group in enumerate(table.groups):
        if group.title:
            lines += [r"\addlinespace"] * bool(index)
            lines.append(rf"\multicolumn{{{width}}}{{l}}{{\textit{{{escaped(group.title)}}}}}\\")
        lines += [_row([escaped(row.label), *map(_cell, row.cells)]) for row in group.rows]
    return "\n".join([*lines, r"\bottomrule", r"\end{longtable}"])


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(cell: Cell) -> str:
    return escaped(cell.whole + cell.mark)


def escaped(text: str) -> str:
    r"""Text that LaTeX sets as it is.

    >>> print(escaped(r"50 % of a_b & \end"))
    50 \% of a\_b \& \textbackslash{}end
    """
    return text.translate(_ESCAPES)
