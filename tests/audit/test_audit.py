"""Languages, letters, scripts and cuts of vocabularies whose figures can be told by hand."""

from __future__ import annotations

from typing import Any

import pytest
import tiktoken

from langcov.audit.audit import Audit, audit
from langcov.audit.kept_apart import KeptApart
from langcov.audit.scripts import mixed
from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.text.strings import Strings
from langcov.tokenizers import load
from langcov.tokenizers.rank_patterns import pattern_of
from tests.toys import GPT2_PATTERN


def ranks(*pieces: str, pattern: str = GPT2_PATTERN) -> Any:
    """Byte-level BPE: 256 bytes (id = byte), then these pieces."""
    table = {bytes([byte]): byte for byte in range(256)}
    table |= {piece.encode(): 256 + n for n, piece in enumerate(pieces)}
    return tiktoken.Encoding("toy", pat_str=pattern, mergeable_ranks=table, special_tokens={})


def audited(made: Any, languages: set[str], **lines: list[str]) -> Audit:
    corpora = resolve([{language: tuple(texts) for language, texts in lines.items()}])
    return audit(load(made), corpora, languages, ReadOptions(), Progress())


def test_pieces_are_a_languages_own_by_their_share_of_its_tokens() -> None:
    """к is 2 of 4 tokens of Tatar and 1 of 10 of Russian; а the other way round; a space is 1 of each."""
    made = ranks("к", "а")
    found = audited(made, {"tat_Cyrl", "rus_Cyrl"}, tat=["ка к"], rus=["ааааааа к", "а"])
    tat, rus = found.owned["tat_Cyrl"], found.owned["rus_Cyrl"]
    assert (tat.tokens, tat.used, tat.own.tolist(), tat.share) == (4, 3, [256, 0x20], 3 / 4)
    assert (rus.tokens, rus.used, rus.own.tolist(), rus.share) == (10, 3, [257], 8 / 10)
    assert found.uses["tat_Cyrl"].corpus == "memory"
    one = audited(made, {"tat_Cyrl"}, tat=["ка к"], rus=["ааааааа к", "а"])
    assert list(one.owned) == list(one.uses) == list(one.kept_apart) == ["tat_Cyrl"]
    assert one.owned["tat_Cyrl"].own.tolist() == [256, 0x20], "the other language is counted all the same"


def test_letters_that_are_never_alone_or_never_begin_a_word() -> None:
    found = audited(ranks("ә", "ң", " ә", "ңа", " ", " б"), {"tat_Cyrl"}, tat=["ә"])
    letters = {one.letter: (one.alone, one.starts) for one in found.letters}
    assert (letters["ә"], letters["ң"], letters["б"]) == ((True, True), (True, False), (False, True))
    assert letters["Җ"] == (False, False)
    assert found.letters[0].language == "tat_Cyrl"


def test_pieces_of_several_scripts() -> None:
    texts = ["ок", "oк", "xж", "日ひ", "漢ア", "μm", "а1-", "á", "fап", "ЕCA"]
    found = {texts[one.at]: (one.scripts, one.alike) for one in mixed(Strings.of(texts))}
    assert found == {
        "oк": (("Cyrl", "Latn"), True),
        "xж": (("Cyrl", "Latn"), True),
        "μm": (("Grek", "Latn"), False),
        "fап": (("Cyrl", "Latn"), False),
        "ЕCA": (("Cyrl", "Latn"), True),
    }


def test_letters_that_only_a_pattern_keeps_apart() -> None:
    """o200k takes U+04C0 for a capital: дӀа is д|Ӏа though the vocabulary has all of it; дӏа is one token."""
    pieces = ["д", "Ӏ", "а", "ӏ", " д", "Ӏа", " дӀа", "ӏа", " дӏа", "дӏа"]
    made = ranks(*pieces, pattern=pattern_of("o200k_base"))
    found = audited(made, {"che_Cyrl"}, che=["а дӀа а дӀа", "дӀа, Ӏа ДӀА"])
    cuts = found.kept_apart["che_Cyrl"]
    assert isinstance(cuts, KeptApart)
    assert (cuts.words, cuts.cut, cuts.places) == (7, 3, {"д|Ӏ": 3})
    # three times " д" and "Ӏа", and once "," behind them; " дӀа" and " дӏа" are pieces
    assert (cuts.tokens, cuts.merged) == (3 * 2 + 1, 3 * 1 + 1)
    assert cuts.spelled == {"palochka": 3 * 1 + 1, "small letters": 3 * 1 + 1}


def test_letters_that_a_pattern_keeps_apart_in_capitals_only() -> None:
    """o200k begins anew behind each macron of a capital: Mansi хо̄тпа is whole, ХО̄ТПА is ХО̄ and ТПА."""
    made = ranks("а", pattern=pattern_of("o200k_base"))
    cuts = audited(made, {"mns_Cyrl"}, mns=["хо̄тпа хо̄тпа ул ла̄", "ХО̄ТПА"]).kept_apart["mns_Cyrl"]
    assert isinstance(cuts, KeptApart)
    assert (cuts.words, cuts.cut, cuts.places) == (5, 1, {"О̄|Т": 1})
    assert (cuts.capitals, cuts.capital_places) == (3, {"О̄|Т": 3})


def test_without_a_pattern_nothing_is_cut() -> None:
    found = audited("langcov-rus-32k", {"tat_Cyrl"}, tat=["ак"])
    assert found.kept_apart["tat_Cyrl"] == "no pattern cuts its text"


def test_what_has_no_pieces_is_refused() -> None:
    with pytest.raises(UserError, match="bytes: nothing is known of its pieces: bytes is no kind"):
        audited("bytes", {"tat_Cyrl"}, tat=["ак"])
