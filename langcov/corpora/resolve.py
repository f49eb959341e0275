"""From what a user writes to corpora: a name, file, folder, pattern, URL, ``LANG=PATH`` or lines."""

from __future__ import annotations

import glob
import logging
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from langcov.core.failures import given
from langcov.core.files import bundled
from langcov.corpora.base import Corpus, ReadOptions, Source, among, only
from langcov.corpora.card.card import CARD, card_corpus
from langcov.corpora.names import file_of, files_of, in_its_script, split_pattern, stem_of
from langcov.corpora.pull.cache import pulled_corpora
from langcov.corpora.pull.catalogue import load_catalogue, nearest
from langcov.corpora.readers.formats import WORDS, find_format
from langcov.corpora.readers.streams import filesystem, is_url, reading
from langcov.corpora.tables.word_table import open_table
from langcov.errors import UserError
from langcov.languages import find

Spec = str | Path | Mapping[str, Iterable[str]] | Sequence[str]
_log = logging.getLogger(__name__)
_ASKED = {
    "a table of rows (.tsv, .csv, .xlsx)": ("lang_column", "text_column"),
    "a table of lines (.tsv, .csv)": ("delimiter",),
    "a spreadsheet of several sheets (.xlsx)": ("sheet",),
    "a document with tiers (.eaf, .TextGrid, .flextext, .toolbox, .tsv)": ("tier",),
    "a file of records (.jsonl, .parquet)": ("lang_field",),
}
"""What has options of reading that not all formats have, and which."""
MOST_SHOWN = 12
"""Languages that an error lists."""


def bundled_corpora() -> dict[str, Path]:
    """Name → folder of the corpora that come with langcov."""
    return {card.parent.name: card.parent for card in sorted(bundled("corpora").glob(f"*/{CARD}"))}


def all_bundled() -> list[Corpus]:
    """These corpora, whatever lies in the folder that the user is in."""
    return resolve([f"bundled:{name}" for name in bundled_corpora()])


def resolve(
    specs: Sequence[Spec],
    *,
    languages: Sequence[str] | None = None,
    references: Sequence[str] = (),
    aligned: bool = False,
    options: ReadOptions | None = None,
    alone: bool = True,
) -> list[Corpus]:
    """The corpora that a user means.

    Args:
        specs: each a bundled or pulled name (``udhr``, ``bundled:udhr``), a file, folder, pattern, URL, or
            lines by language; all ``LANG=PATH`` make one corpus, as does a list of files or ``LANG=PATH``.
        languages: keep only these, if any (any name that ``langcov.languages.find`` knows).
        references: with ``languages``, keep these too, where there.
        aligned: line i (or the same key) stands for the same sentence in each language; a card knows better.
        options: how files are read.
        alone: nothing else is read with these options, so that each must be of use (``check_asked``).

    Raises:
        UserError: nothing is there, a language can't be told, or a corpus contradicts itself.
    """
    options = options or ReadOptions()
    pairs = [spec for spec in specs if _is_pair(spec)]
    found: list[Corpus] = []
    for spec in specs:
        with given(str(spec) if isinstance(spec, (str, Path)) else "the corpus"):
            if not _is_pair(spec):
                found.append(_corpus(spec, options))
            elif spec is pairs[0]:
                found.append(_listed([str(pair) for pair in pairs], options))
    if aligned:
        found = [_aligned(corpus) for corpus in found]
    for corpus in found:
        _check(corpus)
    if alone:
        check_asked(found, options)
    found = distinct_names(found)
    if languages:
        tell_missing(found, languages)
    return only(found, languages, references) if languages else found


def check_asked(corpora: Sequence[Corpus], options: ReadOptions) -> None:
    """See whether what is asked of tables or of records finds any among some files.

    Raises:
        UserError: no file is of that kind.
    """
    formats = {source.format for corpus in corpora for source in corpus.sources} - {WORDS}
    of_use = {name for form in map(find_format, formats) for name in (form.languages, *form.options)}
    for kinds, name in ((kinds, name) for kinds, names in _ASKED.items() for name in names):
        if getattr(options, name) and name not in of_use:
            raise UserError(f"--{name.replace('_', '-')} is of no use: no file here is {kinds}")


def tell_missing(corpora: Sequence[Corpus], languages: Sequence[str]) -> None:
    """Say which of some languages no corpus has, so that they are left out, and which bundled ones have them.

    Raises:
        UserError: it is none of them that a corpus has.
    """
    there = {language for corpus in corpora for language in corpus.languages}
    missing = {find(name).id: name for name in languages if not among(there, name)}
    said = []
    for id, name in missing.items():
        having = [one for one, path in bundled_corpora().items() if among({*_folder(path).languages}, name)]
        where = f"bundled ones that have it: {', '.join(having)}"
        where = where if having else f"no bundled one has it either: give text with --corpus {name}=FILE"
        said.append(f"no corpus has {name} ({id}); {where}")
    if said and not any(among(there, name) for name in languages):
        more = f" and {len(there) - MOST_SHOWN} more" if len(there) > MOST_SHOWN else ""
        raise UserError(f"{'; '.join(said)}; there are {', '.join(sorted(there)[:MOST_SHOWN])}{more}")
    for one in said:
        _log.warning("a language is left out: %s", one)


def _is_pair(spec: Spec) -> bool:
    first = spec.partition("/")[0] if isinstance(spec, str) else ""
    return "=" in first and not Path(first).exists()


def _corpus(spec: Spec, options: ReadOptions) -> Corpus:
    if isinstance(spec, Mapping):
        return _in_memory(spec)
    if isinstance(spec, Path):
        spec = str(spec)
    if not isinstance(spec, str):
        if not isinstance(spec, Iterable):
            raise UserError(f"a corpus is a name, a path or {{language: lines}}, not {type(spec).__name__}")
        return _listed(list(spec), options)
    for kind, named in (("bundled", bundled_corpora()), ("pulled", pulled_corpora())):
        name = spec.removeprefix(f"{kind}:")
        if name in named:
            if name == spec and Path(spec).exists():
                raise UserError(
                    f"{spec!r} is a {kind} corpus, and it is here: write ./{spec} or {kind}:{spec}"
                )
            return _folder(named[name], options)
    if Path(spec).is_dir():
        return _folder(Path(spec), options)
    folder, pattern = split_pattern(spec)
    if pattern:
        return _guess(stem_of(f"{folder}*", folder=True), files_of(_matches(spec), options), options)
    if not Path(spec).exists() and not is_url(spec):
        raise UserError(f"no corpus {spec!r}: {_unknown(spec)}")
    return _guess(stem_of(spec), files_of([spec], options), options)


def _unknown(name: str) -> str:
    """What a name that is no corpus may have meant."""
    if name in load_catalogue():
        return f"it isn't in the cache yet; 'langcov corpora pull {name}' fetches it"
    bundled_names = ", ".join(bundled_corpora()) or "none"
    near = nearest(name, [*bundled_corpora(), *load_catalogue()])
    hint = f"; did you mean {near}?" if near else ""
    return (
        f"no such file or folder, nor a bundled name ({bundled_names}), nor one that was pulled{hint} "
        "('langcov corpora list' shows all)"
    )


def _in_memory(texts: Mapping[str, Iterable[str]]) -> Corpus:
    sources = []
    for language, lines in texts.items():
        if isinstance(lines, (str, bytes)) or not isinstance(lines, Iterable):
            raise UserError(
                f"the lines of {language!r} must be a list of strings, not {type(lines).__name__}"
            )
        kept = tuple(lines)
        odd = next((type(line) for line in kept if not isinstance(line, str)), None)
        if odd:
            raise UserError(f"the lines of {language!r} must be strings, not {odd.__name__}")
        source = Source(find(language).id, "<memory>", "memory", kept)
        sources.append(in_its_script(source, language, ReadOptions()))
    if not sources:
        raise UserError("a corpus without any language was given")
    return Corpus("memory", tuple(sources))


def _listed(items: Sequence[str], options: ReadOptions) -> Corpus:
    """One corpus of files and ``LANG=PATH``."""
    sources: list[Source] = []
    for item in items:
        if not isinstance(item, str):
            raise UserError(f"a corpus list holds files or LANG=PATH, not {type(item).__name__}")
        if not _is_pair(item):
            sources += files_of([item], options)
            continue
        name, _, path = item.partition("=")
        if not path:
            raise UserError(f"{item!r}: no path after {name}=")
        for one in [path] if is_url(path) else _matches(path):
            sources += file_of(one, name, options)
    if not sources:
        raise UserError("an empty list of files was given as a corpus")
    names = {stem_of(source.path, folder=len(sources) > 1) for source in sources}
    return _guess(names.pop() if len(names) == 1 else "files", tuple(sources), options)


def _folder(folder: Path, options: ReadOptions | None = None) -> Corpus:
    options = options or ReadOptions()
    with reading(str(folder)):
        paths = sorted(str(path) for path in folder.iterdir() if path.is_file())
    if (folder / CARD).exists():
        corpus = card_corpus(folder, lambda: files_of(paths, options, strict=False))
        if not corpus.sources:
            raise UserError(f"{folder / CARD}: no languages, and no file is named like tat_Cyrl.txt")
        return corpus
    sources = files_of(paths, options, strict=False)
    if not sources:
        raise UserError(
            f"{folder} holds no file whose name says its language, like tat_Cyrl.txt, and no {CARD}: "
            "name the files or folders in it"
        )
    return _guess(folder.resolve().name, sources, options)


def _matches(pattern: str) -> list[str]:
    folder, rest = split_pattern(pattern)
    if not rest:
        return [pattern]
    if not is_url(pattern):
        paths = sorted(glob.glob(glob.escape(folder) + rest, recursive=True))  # noqa: PTH207 (may be absolute)
    else:
        system, inner = filesystem(pattern)
        with reading(pattern):
            found = [inner] if system.exists(inner) else system.glob(inner)
            paths = sorted(map(system.unstrip_protocol, found))
    if not paths:
        raise UserError(f"no file matches {pattern}")
    return paths


def _guess(name: str, sources: tuple[Source, ...], options: ReadOptions) -> Corpus:
    """A corpus without a card: its documents and, for tables, alignment are what the files themselves say."""
    formats = {source.format for source in sources}
    corpus = Corpus(name, sources)
    if formats == {WORDS}:
        alignments = {open_table(source.path).alignment for source in sources}
        return replace(corpus, alignment=alignments.pop()) if len(alignments) == 1 else corpus
    if WORDS not in formats and all(find_format(one.format).documents(one.path, options) for one in sources):
        return replace(corpus, documents="record")
    return corpus


def _aligned(corpus: Corpus) -> Corpus:
    if corpus.alignment != "none":
        return corpus
    keys = all(_has_keys(source) for source in corpus.sources)
    return replace(corpus, alignment="keys" if keys else "lines")


def _has_keys(source: Source) -> bool:
    return source.format != WORDS and find_format(source.format).keys


def _check(corpus: Corpus) -> None:
    files = Counter((source.language, _real(source)) for source in corpus.sources)
    for (language, path), times in files.items():
        if times > 1:
            raise UserError(f"{path} is named {times} times for {language} in {corpus.name}: name it once")
    for source in corpus.sources:
        if corpus.keyed and source.format != WORDS and not _has_keys(source):
            raise UserError(f"{source.path}: {corpus.name} needs keys, which a .{source.format} file has not")


def _real(source: Source) -> str:
    """The same for all ways to write a path."""
    remote = is_url(source.path) or source.format == "memory"
    return source.path if remote else os.path.realpath(source.path)


def distinct_names(corpora: list[Corpus]) -> list[Corpus]:
    """Rename corpora whose names were used before: ``test``, ``test-2``."""
    used: set[str] = set()
    named = []
    for corpus in corpora:
        name = corpus.name
        number = 1
        while name in used:
            number += 1
            name = f"{corpus.name}-{number}"
        used.add(name)
        named.append(replace(corpus, name=name))
    return named
