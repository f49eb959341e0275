"""The Python interface: one function a measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from langcov.core.names import several
from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings as CheckSettings
from langcov.hygiene.engine.check import check_corpus as check
from langcov.hygiene.engine.report import Report
from langcov.hygiene.engine.summary import with_hygiene
from langcov.lid import LidSystem, default_specs
from langcov.lid import load as load_lid
from langcov.lid.classes import Policy
from langcov.lid.kinds import CleaningWays, with_cleaning
from langcov.measure.engines import choose, choose_models
from langcov.measure.lid import LidSettings
from langcov.measure.lid import measure as measure_models
from langcov.measure.plan import Settings
from langcov.measure.tokenizers import corpora_for, measure
from langcov.results.result import Result
from langcov.tokenizers import System, bundled_names, load

Loaded = TypeVar("Loaded", System, LidSystem)


def measure_tokenizers(
    tokenizers: Any = (),
    corpora: Any = (),
    references: str | Sequence[str] = ("rus", "eng"),
    *,
    languages: str | Sequence[str] | None = None,
    aligned: bool = False,
    words: str = "whitespace",
    price: float | None = None,
    context: int = 8192,
    costly_words: int = 0,
    perturbations: str | Sequence[str] = (),
    trained_on: Mapping[str, str | Sequence[str]] | None = None,
    engine: str = "auto",
    options: ReadOptions | None = None,
    hygiene: bool = True,
    progress: Progress | None = None,
) -> Result:
    """Measure tokenizers on corpora.

    Args:
        tokenizers: specs (``spm:my.model``, ``NAME=SPEC``) or objects of the libraries themselves: a
            ``tokenizers.Tokenizer``, a ``SentencePieceProcessor``, a ``tiktoken.Encoding``, a
            tokenizer of ``transformers``, ``mistral_common``, ``pyonmttok`` or ``tokenmonster``, anything
            with an ``encode``, or any callable from a list of strings to lists of ids or of tokens. One, a
            list of them, or a mapping from the names that the result shows. Empty: the bundled ones.
        corpora: one or a list of names, files, folders, globs, ``LANG=PATH``, or ``{"tat": lines}``. Empty:
            the bundled ``udhr``; or of each of ``languages``, where some are named, the bundled corpus that
            tells most of it.
        references: languages that premiums are against.
        languages: measure only these (``"tat,bak"`` or a list); None measures all of each corpus.
        aligned: files without a card are aligned line by line.
        words: the words of fertility, ``whitespace`` or ``uax29``.
        price: of a million tokens; adds ``price_per_million_chars``.
        context: tokens of the context window of ``context_chars``.
        costly_words: list so many of the words that stand most often in each language, and of those that
            cost each tokenizer most, with their splits (``details["costly_words"]``); words of the text are
            then in the result.
        perturbations: changes of spelling (``case``, ``nfd``, ``lookalike``, ``palochka`` … of
            ``langcov.languages.perturbations``); each adds ``case_cost`` …, the tokens that it adds.
        trained_on: corpora that a tokenizer was trained on, by its name (or SPEC), beside those that are
            known; no report calls it best on them.
        engine: ``auto`` lets certified engines encode large corpora, ``reference`` never does.
        options: how files are read.
        hygiene: count the words with issues in the text too, which reads it again.
        progress: told what happens.

    Returns:
        Records, exact totals, signature and provenance.

    Raises:
        UserError: a spec, a corpus or an option is wrong, or nothing could be measured; the message says
            what and why.

    >>> lines = ["one two", "three"]
    >>> result = measure_tokenizers(["bytes"], corpora=[{"eng": lines}], references=["eng"])
    >>> [record.value for record in result.records if record.metric == "tokens_per_line"]
    [6.0]
    """
    settings = Settings(
        references=several(references),
        words=words,
        context=context,
        price=price,
        perturbations=several(perturbations),
        trained_on={name: several(corpora) for name, corpora in (trained_on or {}).items()},
        options=options or ReadOptions(),
    )
    systems = _loaded(tokenizers, load, bundled_names)
    wanted = several(() if languages is None else languages)
    if wanted and not _several(corpora):
        found, asked = corpora_for(wanted, systems, settings)
    else:
        asked = {}
        found = resolve(
            _several(corpora) or ["bundled:udhr"],
            languages=wanted,
            references=settings.references,
            aligned=aligned,
            options=settings.options,
        )
    chosen = choose(systems, found, engine)
    result = measure(found, chosen, settings, asked=asked, costly_words=costly_words, progress=progress)
    _check_measured(result, "tokens_per_line", "tokens")
    return with_hygiene(result, found, settings.options, progress=progress) if hygiene else result


def measure_lid(
    models: Any = (),
    corpora: Any = ("bundled:udhr",),
    *,
    languages: str | Sequence[str] | None = None,
    policy: Policy = "macro",
    top: int = 1,
    perturbations: str | Sequence[str] = (),
    trained_on: Mapping[str, str | Sequence[str]] | None = None,
    labels: Mapping[str, str | Path] | None = None,
    clean: CleaningWays = "auto",
    threshold_from: str = "",
    base_rate: float | None = None,
    predictions: str | Path | None = None,
    engine: str = "auto",
    options: ReadOptions | None = None,
    hygiene: bool = True,
    progress: Progress | None = None,
) -> Result:
    """Measure language-identification models on corpora whose languages are known.

    Args:
        models: specs (``fasttext:lid.176.ftz``, ``cld2``, ``NAME=SPEC``), objects of the libraries, or
            callables from a list of strings to labels and scores that have an attribute ``labels``. One, a
            list of them, or a mapping from the names that the result shows. Empty: all that are installed.
        corpora: as for ``measure_tokenizers``; of a word table the words and pairs of words are identified.
        languages: measure only these; None measures all of each corpus.
        policy: which languages count as one: ``strict``, ``macro`` or ``group``.
        top: labels to ask for, 1 or 3.
        perturbations: changes of spelling after which lines are identified again
            (``langcov.languages.perturbations``).
        trained_on: corpora that a model was trained on, by its name (or SPEC), beside those that are known.
        labels: a TSV of what labels mean (label, ISO 639-3 code, script), by the name of the model.
        clean: ``auto``: lines are cleaned as the makers of a known fastText model do; ``none``: never;
            ``both``: such a model is measured both ways, without as ``NAME?clean=none``.
        threshold_from: the name of one of the corpora, whose thresholds all are tested at; by default each
            has its own.
        base_rate: how rare a language is in the text to be filtered, for thresholds; None: as in the test.
        predictions: a file to write what the model says of each line to, by its address; of one model only.
            It can be measured again as ``predictions:FILE``. Its scores are the library's: no engine is used.
        engine: ``auto`` lets langcov's engine answer for fastText on large corpora, ``reference`` never does.
        options: how files are read.
        hygiene: count the words with issues in the text too, which reads it again.
        progress: told what happens.

    Returns:
        Records, exact totals and confusion counts, signature and provenance.

    Raises:
        UserError: a spec, a corpus or an option is wrong, or nothing could be measured; the message says
            what and why.

    >>> def first_letter(texts):
    ...     return ["tat" if text[0] in "әҗңөүһ" else "rus" for text in texts], None
    >>> first_letter.labels = ["tat", "rus"]
    >>> result = measure_lid(first_letter, {"tat": ["өч", "ике"], "rus": ["два"]})
    >>> [record.value for record in result.records if record.metric == "recall"]
    [1.0, 0.5]
    """
    settings = LidSettings(
        policy=policy,
        top=top,
        perturbations=several(perturbations),
        trained_on={name: several(corpora) for name, corpora in (trained_on or {}).items()},
        labels={name: Path(path) for name, path in (labels or {}).items()},
        base_rate=base_rate,
        threshold_from=threshold_from,
        options=options or ReadOptions(),
    )
    systems = with_cleaning(_loaded(models, load_lid, default_specs), clean)
    wanted = several(() if languages is None else languages)
    found = resolve(_several(corpora), languages=wanted, options=settings.options)
    path = None if predictions is None else Path(predictions)
    systems = choose_models(systems, found, engine if path is None else "reference")
    result = measure_models(found, systems, settings, progress=progress, predictions=path)
    _check_measured(result, "accuracy", "predictions")
    return with_hygiene(result, found, settings.options, progress=progress) if hygiene else result


def _loaded(given: Any, load: Callable[[Any], Loaded], default: Callable[[], Sequence[str]]) -> list[Loaded]:
    """The systems that somebody gives, by name or as they are; those of ``default`` for none.

    Raises:
        UserError: one can't be loaded, or they are a mapping without any.
    """
    if isinstance(given, Mapping):
        if not given:
            raise UserError("nothing to measure: the mapping of names has no system in it")
        return [replace(load(system), name=name) for name, system in given.items()]
    return [load(system) for system in _several(given) or default()]


def _check_measured(result: Result, metric: str, count: str) -> None:
    """See that there is a figure at all.

    Args:
        metric: one that every system has.
        count: the total that is null where a system failed.

    Raises:
        UserError: every system failed on every corpus; the reason of each.
    """
    if all(row[count] is None for row in result.totals):
        reasons = {r.system: r.reason for r in reversed(result.records) if r.metric == metric and r.reason}
        names = [system["name"] for system in result.systems if system["name"] in reasons]
        found = "; ".join(f"{name}: {reasons[name]}" for name in names)
        raise UserError(f"nothing could be measured: {found}")


def _several(given: Any) -> list[Any]:
    """One thing, as people often give it, is a list of one."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        return [given]
    return list(given)


def check_corpus(
    corpus: str | Path | Iterable[str],
    lang: str,
    *,
    orthography: str = "",
    only: str | Sequence[str] = (),
    skip: str | Sequence[str] = (),
    exceptions: Path | None = None,
    letter_map: Path | None = None,
    models: Sequence[str] | None = None,
    column: str | int | None = None,
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> Report:
    """Find what is wrong with a text in one language, place by place.

    Args:
        corpus: a file, a folder, a pattern, a URL, or lines.
        lang: the language that it is declared to be in.
        orthography: another than the main one, by its name in the table of languages.
        only: ids of the checks to make (``palochka``, ``lookalike``, ``nfc`` …); all by default.
        skip: ids of checks to leave out.
        exceptions: the file of what the project accepts; None finds ``langcov-exceptions.toml``.
        letter_map: a table of letters of an old font.
        models: SPECs of models that say which language a line is in; None takes the fast ones that are
            installed, an empty list none.
        column: the same as ``options.text_column``: which column of a table holds the text.
        options: how files are read.
        progress: told what happens.

    Returns:
        The verdict, exact counts, the places, and what could not be judged.

    Raises:
        UserError: the language or an option is wrong, or a file can't be read.

    >>> report = check_corpus(["хӏун", "х1ун"], "che", models=[])
    >>> [(one.line, one.text, one.issue.suggestion) for one in report.findings]
    [(2, 'х1ун', 'хӏун')]
    """
    options = options or ReadOptions()
    settings = CheckSettings(
        orthography=orthography,
        only=several(only),
        skip=several(skip),
        exceptions=exceptions,
        letter_map=letter_map,
        models=models,
        options=options if column is None else replace(options, text_column=column),
        progress=progress or Progress(),
    )
    return check(corpus, lang, settings)
