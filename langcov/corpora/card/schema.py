"""What a card may say: each field with its type, what it is for and whether a submission needs it.

From here come what every command refuses in a card, what ``langcov corpora new`` asks, what ``langcov corpora
card`` misses, and the table in ``corpora/CONTRIBUTING.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from langcov.core.ui import _
from langcov.corpora.base import Alignment
from langcov.corpora.card import values

Kind = Literal["text", "lexicon"]


@dataclass(frozen=True)
class Field:
    """A field of a card.

    Attributes:
        name: as the card writes it.
        types: what its value may be; a list is one of strings, a table has languages as keys.
        why: what it is for, in English, for the catalogues.
        example: a value, as it is typed.
        needed: a submission needs it.
        asked: ``langcov corpora new`` asks for it.
        check: what its value, or each value of its table, must be like.
    """

    name: str
    types: tuple[type, ...]
    why: str
    example: str = ""
    needed: bool = False
    asked: bool = False
    check: values.Check | None = None

    @property
    def flag(self) -> str:
        """The option of ``langcov corpora new``: each item of a list is an option of its own."""
        name = self.name.removesuffix("s") if list in self.types else self.name
        return f"--{name.replace('_', '-')}"


def _by_name(*fields: Field) -> dict[str, Field]:
    return {field.name: field for field in fields}


FIELDS = _by_name(
    Field(
        "name",
        (str,),
        "A short name, under which the corpus is shown.",
        "chechen-newspapers",
        needed=True,
        asked=True,
    ),
    Field(
        "summary",
        (str,),
        "What the text is, in a sentence or two, for people who look for a corpus.",
        "Articles of a district newspaper, one sentence a line.",
        needed=True,
        asked=True,
    ),
    Field(
        "kind",
        (str,),
        "Running text, or a lexicon of words and phrases, which is never compared with text.",
        "text",
        asked=True,
        check=values.one_of(*get_args(Kind)),
    ),
    Field(
        "licence",
        (str,),
        "Under which licence others may use it, by its SPDX name; NONE where the text may not be shared, but "
        "counts of its words may.",
        "CC-BY-4.0",
        needed=True,
        asked=True,
        check=values.licence_or_none,
    ),
    Field(
        "counts_licence",
        (str,),
        "Where the licence is NONE: the licence of the counts that are shared in its place.",
        "CC0-1.0",
        asked=True,
        check=values.licence,
    ),
    Field(
        "source",
        (str,),
        "Where the text is from: a newspaper, a book with its year, an archive, a field trip, a web page.",
        "the newspaper's own archive, issues 1 to 52",
        needed=True,
        asked=True,
    ),
    Field(
        "collectors",
        (list,),
        "Who recorded, typed or collected it, as they wish to be named.",
        "Name Surname",
        needed=True,
        asked=True,
    ),
    Field(
        "consent",
        (str,),
        "How the speakers, authors or owners agreed that it be shared; for published text, why no consent is "
        "needed.",
        "The editors agreed in writing, 12 May 2024.",
        needed=True,
        asked=True,
    ),
    Field(
        "contact",
        (str,),
        "Where to ask for text to be taken down: an e-mail address or a web page, which will be public.",
        "name@example.org",
        needed=True,
        asked=True,
        check=values.contact,
    ),
    Field(
        "sensitive",
        (str,),
        "Names of living people, health, faith, sacred or secret texts and the like in it; 'none' if none.",
        "none",
        needed=True,
        asked=True,
    ),
    Field(
        "machine_translated",
        (bool,),
        "Whether any of it was translated by a machine.",
        "no",
        needed=True,
        asked=True,
    ),
    Field(
        "ocr",
        (bool,),
        "Whether any of it was read from scans by a machine (OCR).",
        "no",
        needed=True,
        asked=True,
    ),
    Field(
        "problems",
        (list,),
        "What is known to be wrong with it: errors of OCR, missing pages, mixed dialects.",
        "Page 12 is missing.",
        asked=True,
    ),
    Field("cite", (str,), "The publication that users should cite.", "Surname 2024, Title", asked=True),
    Field("commit", (str, dict), "The revision of the source that the text is from."),
    Field(
        "alignment",
        (str,),
        "Whether the same line, or the same key, is the same sentence in each language.",
        "none",
        asked=True,
        check=values.one_of(*get_args(Alignment)),
    ),
    Field(
        "documents",
        (str,),
        "How documents are known: none, key-prefix, record, or a file with the name of each line's document.",
        "none",
    ),
    Field("keys", (str,), "A regular expression: only lines with such keys take part.", check=values.pattern),
    Field("format", (str,), "The format of files whose names don't say it.", "txt"),
    Field("languages", (dict,), "Each language with its files, or with a table of facts.", needed=True),
    Field(
        "orthography",
        (dict,),
        "The same as 'orthography' of a language, for languages without a table.",
        check=values.text,
    ),
    Field(
        "sha256",
        (dict,),
        "The sha256 of each language's text, decompressed; a list where it has several files.",
        check=values.digests,
    ),
)
"""The fields of a card, in the order in which ``new`` writes them."""

LANGUAGE_FIELDS = _by_name(
    Field("files", (str, list), "The file, or the files, in this folder.", "che_Cyrl.txt", needed=True),
    Field("autonym", (str,), "What its speakers call it (from the table of languages)."),
    Field(
        "script",
        (str,),
        "The script by its code in ISO 15924 (from the table of languages).",
        "Cyrl",
        check=values.script,
    ),
    Field(
        "year",
        (str, int),
        "When it was written or recorded: a year, or the first and the last.",
        "1998-2005",
        needed=True,
        asked=True,
        check=values.years,
    ),
    Field(
        "orthography",
        (str,),
        "The orthography, only where it is not the main one of today.",
        "1938 reform",
        asked=True,
    ),
    Field("dialect", (str,), "The dialect, where it is not the literary language.", "Akkin", asked=True),
    Field("place", (str,), "Where it was written or recorded.", "Khasavyurt", asked=True),
    Field(
        "glottocode",
        (str,),
        "The Glottocode (from the table of languages), or that of the dialect.",
        "chec1245",
        asked=True,
        check=values.glottocode,
    ),
)
"""The facts of one language of a card, in the order in which ``new`` writes them."""


def type_name(field: Field) -> str:
    """What the value of a field may be, as a message says it.

    >>> type_name(FIELDS["commit"]), type_name(LANGUAGE_FIELDS["files"])
    ('string or table', 'string or list of strings')
    """
    names = {
        str: _("string"),
        int: _("whole number"),
        bool: _("truth value (true or false)"),
        list: _("list of strings"),
        dict: _("table"),
    }
    return _(" or ").join(names[kind] for kind in field.types)
