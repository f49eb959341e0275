"""Makes ``language_names.tsv``: English and Russian names of languages that ``languages.tsv`` has no row of.

Models of language ID name many more languages than the table of facts has. The names are those of CLDR,
through babel, and of a few codes that it lacks those of Wiktionary. Run it as
``python -m tools.build_language_names``.
"""

from __future__ import annotations

from babel import Locale

from langcov.languages import all_languages
from langcov.languages.iso639 import look_up
from tools.build_languages import HERE, write

WIKTIONARY = {
    "vls": ("West Flemish", "западнофламандский"),
    "nds": ("Low German", "нижненемецкий"),
    "pms": ("Piedmontese", "пьемонтский"),
    "lmo": ("Lombard", "ломбардский"),
    "eml": ("Emilian-Romagnol", "эмилиано-романьольский"),
    "szl": ("Silesian", "силезский"),
    "ltg": ("Latgalian", "латгальский"),
    "rue": ("Rusyn", "русинский"),
    "vro": ("Võro", "выруский"),
    "bar": ("Bavarian", "баварский"),
    "xmf": ("Mingrelian", "мегрельский"),
    "pfl": ("Palatine German", "пфальцский"),
    "diq": ("Zazaki", "зазаки"),
    "bph": ("Botlikh", "ботлихский"),
    "gdo": ("Godoberi", "годоберинский"),
    "kpt": ("Karata", "каратинский"),
}


def names() -> dict[str, tuple[str, str]]:
    """English and Russian names by the code of ISO 639-3."""
    english, russian = Locale("en").languages, Locale("ru").languages
    found = dict(WIKTIONARY)
    for tag in sorted(english.keys() & russian.keys()):
        code = look_up(tag)
        if "_" not in tag and code and russian[tag].isprintable():
            found[code.now or code.code] = (english[tag], russian[tag])
    known = {language.iso639_3 for language in all_languages()}
    return {code: found[code] for code in sorted(found.keys() - known)}


if __name__ == "__main__":
    rows = ({"code": code, "en": en, "ru": ru} for code, (en, ru) in names().items())
    write(HERE / "language_names.tsv", ("code", "en", "ru"), rows)
