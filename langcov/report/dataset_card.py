"""The card of a corpus as a dataset card of the Hugging Face hub: YAML in front, then text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langcov.core.names import visible
from langcov.corpora.base import Corpus
from langcov.corpora.card.values import NO_LICENCE, OWN_LICENCE
from langcov.corpora.readers.formats import WORDS
from langcov.errors import MissingLibrary
from langcov.languages import find
from langcov.report.render.markdown import escaped

HUB_LICENCES = {
    name.lower(): name.lower()
    for name in (
        *("CC0-1.0", "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0"),
        *("CC-BY-NC-2.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0", "CC-BY-NC-ND-3.0"),
        *("CC-BY-NC-ND-4.0", "CC-BY-NC-SA-2.0", "CC-BY-NC-SA-3.0", "CC-BY-NC-SA-4.0"),
        *("CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0", "C-UDA-1.0", "etalab-2.0"),
        *("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "MPL-2.0", "Unlicense", "WTFPL"),
    )
} | {"c-uda-1.0": "c-uda", "odbl-1.0": "odbl", "odc-by-1.0": "odc-by", "pddl-1.0": "pddl"}
"""SPDX to the hub's own names (its page "Licenses"), for licences that texts have."""

READ_BY_HUB: Mapping[str, Mapping[str, Any]] = {
    "txt": {},
    "jsonl": {},
    "parquet": {},
    "tsv": {"sep": "\t", "names": ["key", "text"], "quoting": 3},
}
"""Formats that the hub can show, with the options of its reader; a word table is none of them."""

UNSAID = "The card does not say."


def dataset_card(card: Mapping[str, Any], corpus: Corpus, folder: Path, entries: Mapping[str, int]) -> str:
    """``README.md`` of a dataset on the hub.

    Raises:
        MissingLibrary: huggingface_hub, which knows the form of the front matter, is not installed.
    """
    try:
        from huggingface_hub import DatasetCardData
    except ImportError:
        raise MissingLibrary("huggingface_hub", "hf", "a dataset card") from None
    data = DatasetCardData(**_front_matter(card, corpus, folder, sum(entries.values())))
    sections = _sections(card, corpus, entries)
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in sections.items())
    return f"---\n{data.to_yaml()}\n---\n\n# {_plain(corpus.name)}\n\n{body}\n"


def _front_matter(card: Mapping[str, Any], corpus: Corpus, folder: Path, entries: int) -> dict[str, Any]:
    languages = [find(id) for id in corpus.languages]
    codes = [language.iso639_1 or language.iso639_3 for language in languages]
    aligned = corpus.alignment != "none" and len(languages) > 1
    running = corpus.kind == "text" and all(source.format != WORDS for source in corpus.sources)
    plain = corpus.kind == "text" and all(source.format in ("txt", "tsv") for source in corpus.sources)
    return {
        "language": list(dict.fromkeys(codes)),
        "language_details": [f"{code}-{one.script}" for code, one in zip(codes, languages)],
        "license": None,
        **_licence(card, folder),
        "pretty_name": corpus.name,
        "multilinguality": [
            "translation" if aligned else "multilingual" if len(codes) > 1 else "monolingual"
        ],
        "size_categories": [_size(entries)],
        "source_datasets": ["extended" if "commit" in card else "original"],
        "task_categories": [*["translation"] * aligned, "text-generation"] if running else None,
        "language_creators": ["machine-generated"] if card.get("machine_translated") else None,
        "annotations_creators": ["no-annotation"] if plain else None,
        "configs": _configs(corpus, folder) or None,
    }


def _licence(card: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """The licence in the hub's own name, or by its SPDX name and where its text is."""
    name = card.get("licence")
    if name == NO_LICENCE:
        name = card.get("counts_licence")
    if name is None:
        return {"license": "unknown"}
    if name.lower() in HUB_LICENCES:
        return {"license": HUB_LICENCES[name.lower()]}
    own = [path.name for path in sorted(folder.glob("LICENSE*"))]
    told = {"license": "other", "license_name": re.sub("[^a-z0-9.-]+", "-", name.lower())}
    if own:
        return told | {"license_link": own[0]}
    single = " " not in name and OWN_LICENCE not in name
    return told | ({"license_link": f"https://spdx.org/licenses/{name}.html"} if single else {})


def _size(entries: int) -> str:
    """The hub's class of a number of examples.

    >>> _size(999), _size(1000), _size(2 * 10**12)
    ('n<1K', '1K<n<10K', 'n>1T')
    """
    marks = ["1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T"]
    over = sum(entries >= 10 ** (3 + i) for i in range(len(marks)))
    if over == 0:
        return "n<1K"
    return f"n>{marks[-1]}" if over == len(marks) else f"{marks[over - 1]}<n<{marks[over]}"


def _configs(corpus: Corpus, folder: Path) -> list[dict[str, Any]]:
    """A subset for each language, where the hub can read the files: all are read as one format."""
    formats = {source.format for source in corpus.sources}
    home = folder.resolve()
    paths = {source: Path(source.path).resolve() for source in corpus.sources}
    if len(formats) > 1 or not formats <= READ_BY_HUB.keys():
        return []
    if not all(path.is_relative_to(home) for path in paths.values()):
        return []
    configs = []
    for language in corpus.languages:
        names = [
            path.relative_to(home).as_posix() for source, path in paths.items() if source.language == language
        ]
        data = [{"split": "train", "path": names}]
        configs.append({"config_name": language, "data_files": data, **READ_BY_HUB[min(formats)]})
    return configs


def _sections(card: Mapping[str, Any], corpus: Corpus, entries: Mapping[str, int]) -> dict[str, str]:
    licence = card.get("licence")
    shared = card.get("counts_licence", UNSAID)
    counts = f"The text may not be shared; here are counts of its words. Their licence: {_plain(shared)}"
    involved = {
        "Machine translation": _yes_or_no(card.get("machine_translated")),
        "OCR": _yes_or_no(card.get("ocr")),
    }
    contact = f"Text is taken down on request: {_plain(card['contact'])}" if "contact" in card else ""
    return {
        "Summary": _plain(card.get("summary", UNSAID)),
        "Languages": _language_table(card, corpus, entries),
        "Collection": _list(
            {
                "Source": _plain(card.get("source", UNSAID)),
                "Revision": _plain(card["commit"]) if isinstance(card.get("commit"), str) else "",
                "Collected by": ", ".join(map(_plain, card.get("collectors", []))) or UNSAID,
                **involved,
            }
        ),
        "Consent and take-down": "\n\n".join(filter(None, [_plain(card.get("consent", UNSAID)), contact])),
        "Sensitive material": _plain(card.get("sensitive", UNSAID)),
        "Known problems": "\n".join(f"- {_plain(one)}" for one in card.get("problems", [])) or UNSAID,
        "Licence": counts if licence == NO_LICENCE else _plain(licence or UNSAID),
        "Citation": _plain(card.get("cite", UNSAID)),
    }


def _language_table(card: Mapping[str, Any], corpus: Corpus, entries: Mapping[str, int]) -> str:
    facts: dict[str, Mapping[str, Any]] = {}
    for name, told in card.get("languages", {}).items():
        facts[find(name).id] = told if isinstance(told, dict) else {}
    head = ["Language", "Code", "Glottocode", "Orthography", "Year", "Dialect", "Place", "Lines or counts"]
    rows: list[Sequence[str]] = [head, [*["---"] * (len(head) - 1), "--:"]]
    for id in corpus.languages:
        told = facts.get(id, {})
        said = {"glottocode": find(id).glottocode, "orthography": corpus.orthography.get(id, ""), **told}
        columns = ("glottocode", "orthography", "year", "dialect", "place")
        cells = [_plain(str(said.get(column, ""))) for column in columns]
        rows.append([find(id).name, f"`{id}`", *cells, f"{entries.get(id, 0):,}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _list(items: Mapping[str, str]) -> str:
    return "\n".join(f"- **{name}:** {text}" for name, text in items.items() if text)


def _yes_or_no(value: bool | None) -> str:
    return UNSAID if value is None else "yes" if value else "no"


def _plain(text: str) -> str:
    """A value of the card in one line, as Markdown that shows it as it is."""
    return escaped(visible(" ".join(text.split())))
