"""The first page: all languages, tokenizers and models, each with its figures over all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from langcov.core.names import number_of
from langcov.report import wording as words
from langcov.report.blocks import Cell
from langcov.report.lid.conclusions import findings as of_models
from langcov.report.lid.notes import VIEWS
from langcov.report.page.html import Part, cards, figure, first, folded, grid, items
from langcov.report.page.measured import ALIGNED
from langcov.report.sections import section_of
from langcov.report.site.frame import ADD, INDEX, KINDS, Page, Site, page, signed
from langcov.report.site.language import known_language
from langcov.report.site.sheets import Sheet
from langcov.report.site.system import together
from langcov.report.tokenizers.conclusions import findings as of_tokenizers

LEAD = (
    "How well tokenizers and language-identification models handle languages, measured by langcov. Every "
    "figure is of one text, in one way; no score sums them up, and nothing is called best that no paired "
    "test tells apart from the others."
)


def index_page(site: Site) -> Page:
    """The first page."""
    has = [
        number_of(len(site.languages), "language"),
        number_of(len(site.of("tokenizers")), "tokenizer"),
        number_of(len(site.of("models")), "language-ID model"),
    ]
    lead = (
        f"<p>{escape(LEAD)}</p>\n<p>{', '.join(has)}, from {number_of(len(site.results), 'result')}. "
        f'<a href="{ADD}">How to add yours.</a></p>'
    )
    parts = [
        Part("languages", KINDS["languages"], _languages(site)),
        *_of_kind("tokenizers", site.tokenizers, site),
        *_of_kind("models", site.models, site),
        Part("measured", "What was measured", _measured(site)),
    ]
    return page(INDEX, "Languages in tokenizers and language ID", lead, parts)


def _languages(site: Site) -> str:
    """A line a language: who knows it, and from where to where its figures go."""
    columns = [
        (sheet, reference) for sheet in site.tokenizers for reference in [None, *_references(sheet)[:1]]
    ]
    heads = ["Language", *["Models that know it"] * bool(site.models)]
    heads += [*(_head(sheet, reference) for sheet, reference in columns), "In Russian", "Code"]
    groups: dict[str, list[list[str]]] = {}
    for id, name in site.languages.items():
        known = known_language(id)
        row = [
            site.link("languages", id, name, ""),
            *([_knowing(site, id)] if site.models else []),
            *(figure(Cell(_range(sheet, id, reference))) for sheet, reference in columns),
            f'<td class="text">{escape(known.name_ru if known else "")}</td>',
            f"<td>{escape(words.visible(id))}</td>",
        ]
        groups.setdefault(words.family(id), []).append(row)
    texts = {0, *[1] * bool(site.models), len(heads) - 2, len(heads) - 1}
    told = "from the lowest to the highest figure of the tokenizers that keep the text of a language"
    title = "Who knows them, and what they cost"
    return grid(title, heads, sorted(groups.items()), texts) + items([told] * bool(columns), "notes")


def _references(sheet: Sheet) -> list[str]:
    """What premiums are against, English first."""
    return sorted(sheet.tokens.references, key=lambda id: not id.startswith("eng"))


def _head(sheet: Sheet, reference: str | None) -> str:
    what = f"Premium over {sheet.numbers.name(reference)}" if reference else "Fertility"
    return f"{what}, {sheet.title}"


def _range(sheet: Sheet, id: str, reference: str | None) -> str:
    """The lowest and the highest figure among tokenizers that keep the text."""
    numbers = sheet.tokens
    metric = "premium" if reference else "fertility"
    values = [
        value
        for system in numbers.rivals
        if id != reference and not numbers.loses_text(system, id)
        if (value := numbers.value(system, id, metric, reference)) is not None
    ]
    if not values:
        return ""
    low, high = words.number(min(values)), words.number(max(values))
    return low if low == high else f"{low} – {high}"


def _knowing(site: Site, id: str) -> str:
    """How many of the models that were tested on a language have a label for it, and which."""
    known, of = site.knowing(id)
    names = first(map(words.visible, known), 6)
    text = f"{len(known)} of {of}" + f": {names}" * bool(names) if of else ""
    return f'<td class="text">{escape(text)}</td>'


def _of_kind(kind: str, sheets: Sequence[Sheet], site: Site) -> Iterator[Part]:
    """A part a sheet."""
    if not sheets:
        return
    count = number_of(len(site.of(kind)), kind.removesuffix("s"))
    told = f"<p>{count}; a table for each text and each way of measuring.</p>"
    yield Part(kind, KINDS[kind], told + (items([VIEWS], "notes") if kind == "models" else ""))
    for at, sheet in enumerate(sheets, 1):
        if kind == "models":
            said = of_models(sheet.lines)
        else:
            said = of_tokenizers(sheet.tokens, words.language_names(sheet.languages))
        notes = section_of(sheet.result, sheet.card["name"]).all_notes()
        html = signed(sheet) + items(said, "findings") + together(sheet, site)
        folds = folded("Notes", items(notes, "notes"))
        yield Part(f"{kind}-{at}", f"On {sheet.title}", html + folds, within=True)


def _measured(site: Site) -> str:
    """The texts with their licences, and the signatures of the results."""
    heads = ["Text", "Of", "Languages", "Systems", "Aligned", "Rows", "Licence", "Source", "sha256"]
    rows = [_text(sheet) for sheet in (*site.tokenizers, *site.models)]
    signatures = [words.visible(f"{one.created} {one.signature['long']}") for one in site.results]
    return cards(heads, rows, len(heads)) + folded("Signatures of the results", items(signatures, "notes"))


def _text(sheet: Sheet) -> list[str]:
    card = sheet.card
    return [
        sheet.title,
        KINDS["models" if sheet.result.kind == "lid" else "tokenizers"],
        str(len(sheet.languages)),
        str(len(sheet.systems)),
        ALIGNED.get(str(card.get("alignment")), ""),
        f"{card.get('row_count') or ''} × {words.visible(card.get('rows') or '')}".strip("× "),
        words.visible(card.get("licence") or "not stated"),
        words.visible(card.get("source") or ""),
        words.visible(card.get("sha256") or ""),
    ]
