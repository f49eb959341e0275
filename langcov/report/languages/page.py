"""What the page of a language says, before any format."""

from __future__ import annotations

from collections.abc import Mapping

from langcov.core import ui
from langcov.core.ui import _
from langcov.corpora.pull.catalogue import load_catalogue
from langcov.corpora.resolve import all_bundled
from langcov.data import read_table
from langcov.languages import MODELS, Language, all_languages, lid_label, orthographies, sources
from langcov.lid.classes import groups
from langcov.report.languages.block import Block
from langcov.report.languages.letters import letters
from langcov.report.languages.name import language_name, language_title
from langcov.report.wording import number

BENCHMARKS = {"flores_plus": "FLORES+", "udhr": "UDHR", "common_voice": "Common Voice"}
"""Columns of the table of languages that say whether a corpus has it, and the names of the corpora."""


COSTS = ("fertility", "premium_eng", "premium_rus")


def heading(language: Language) -> str:
    """``Tatar (tat_Cyrl)``."""
    return f"{language_title(language.id)} ({language.id})"


def blocks(language: Language) -> list[Block]:
    """All that is known of a language, the sources of its facts last."""
    return [
        _names(language),
        *map(letters, orthographies(language)),
        _recognition(language),
        _tokenizers(language),
        _where(language),
        _facts(language),
    ]


def _names(language: Language) -> Block:
    branch = language.facts["branch"] if ui.language() == "en" else ""  # whose names are English
    names = [
        language.autonym,
        language.name_ru,
        *language.other_names_ru,
        language.name,
        *language.other_names,
    ]
    codes = [language.iso639_3, language.iso639_1, language.glottocode, language.macrolanguage]
    scripts = [one.id for one in all_languages() if one.iso639_3 == language.iso639_3]
    rows = [
        [_("names"), ", ".join(dict.fromkeys(filter(None, names)))],
        [_("codes"), ", ".join(filter(None, codes))],
        [_("family"), " > ".join(filter(None, (_(language.family), branch)))],
        [_("scripts"), ", ".join(scripts)],
    ]
    return Block(_("Names"), rows=[row for row in rows if row[1]])


def _sisters(language: Language) -> list[str]:
    """The names of the languages that it is easily taken for (``lid_groups.tsv``)."""
    by_member = groups()
    group = by_member.get(language.id) or by_member.get(language.iso639_3)
    members = (member for member, name in by_member.items() if group and name == group)
    return [_named(member) for member in members if member not in (language.id, language.iso639_3)]


def _recognition(language: Language) -> Block:
    """The label of each model, and what the models make of its lines."""
    measured = _figures("lid", language)
    rows = [
        [
            row["system"],
            _figure(row["recall"], "share"),
            _figure(row["precision"], "share"),
            _taken_for(row["taken_for"]),
        ]
        for row in measured
    ]
    sisters = ", ".join(_sisters(language))
    labels = ", ".join(f"{model} {label}" for model in MODELS if (label := lid_label(language, model)))
    said = [
        _("Sister languages: {names}", names=sisters) if sisters else "",
        _("Its labels in published lists: {labels}", labels=labels) if labels else "",
        _measured_on(
            measured, _("recall: its lines that are found; precision: lines called so that are it.")
        ),
    ]
    heads = [_("model"), _("recall"), _("precision"), _("its lines are taken for")]
    return Block(_("Language identification"), list(filter(None, said)), heads if rows else [], rows)


def _taken_for(listed: str) -> str:
    """``Kazakh 53 %, Russian 40 %`` of ``kaz:0.53 rus:0.40``."""
    pairs = (one.rpartition(":") for one in listed.split())
    return ", ".join(f"{_named(label)} {_figure(share, 'share')}" for label, _colon, share in pairs)


def _named(label: str) -> str:
    """The name of the language of a label or code, the label itself where nothing has it."""
    if label == "unsure":
        return _("no language (unsure)")
    return language_name(label)


def _tokenizers(language: Language) -> Block:
    """What the text costs with each tokenizer."""
    measured = _figures("tokenizers", language)
    rows = [
        [row["system"], *(_cost(row, name) for name in COSTS), _figure(row["lost"], "share")]
        for row in measured
    ]
    meaning = _(
        "fertility: tokens of a word; premium: tokens of the same text as against English and Russian; "
        "lost: share of the characters that can't be had back: a figure with ° is low for that reason too."
    )
    heads = [_("tokenizer"), _("fertility"), _("premium, English"), _("premium, Russian"), _("lost")]
    return Block(_("Tokenizers"), [_measured_on(measured, meaning)], heads if rows else [], rows, texts=1)


def _cost(row: Mapping[str, str], name: str) -> str:
    return _figure(row[name]) + ("\N{NO-BREAK SPACE}°" if float(row["lost"] or 0) > 0 else "")


def _figure(text: str, unit: str = "") -> str:
    """A figure of a table of the committed results for the reader, ``–`` where it is not known."""
    return ui.decimal(number(float(text), unit)).replace(" ", "\N{NO-BREAK SPACE}") if text else "–"


def _figures(result: str, language: Language) -> list[dict[str, str]]:
    """The rows of a language in a table of the committed results; else those of its macrolanguage."""
    rows = list(read_table(f"figures_{result}.tsv"))
    for id in (language.id, f"{language.macrolanguage}_{language.script}"):
        if found := [row for row in rows if row["language"] == id]:
            return found
    return []


def _measured_on(rows: list[dict[str, str]], meaning: str) -> str:
    if not rows:
        return _("Not measured: none of the committed results has text in it.")
    return _("Measured on {corpus}; {meaning}", corpus=rows[0]["corpus"], meaning=meaning)


def _where(language: Language) -> Block:
    """The corpora that have text in it."""
    bundled = [corpus.name for corpus in all_bundled() if language.id in corpus.languages]
    pulled = [name for name, entry in load_catalogue().items() if language.id in entry.languages]
    others = [
        f"{name} ({language.facts[column]})" for column, name in BENCHMARKS.items() if language.facts[column]
    ]
    rows = [
        [_("bundled, as tables of words"), ", ".join(bundled) or _("none")],
        [_("to pull"), ", ".join(pulled) or _("none")],
        [_("published"), ", ".join(others) or _("none")],
    ]
    return Block(_("Corpora"), rows=rows)


def _facts(language: Language) -> Block:
    """Every known fact with its source, as the table has it."""
    rows = [[column, language.facts[column], source] for column, source in sources(language).items()]
    return Block(_("Facts and sources"), heads=[_("fact"), _("value"), _("source")], rows=rows, long=True)
