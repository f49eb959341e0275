"""Advice that is kept by the libraries themselves, for every kind that can be extended."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import sentencepiece

import tokenizers
from langcov.corpora import Corpus, resolve
from langcov.corpora.halves import Text
from langcov.errors import CannotDecode, CannotEncode, UserError
from langcov.extend.advise import Settings, advise
from langcov.extend.kinds import extender
from langcov.extend.learn import Learned
from langcov.extend.protect import Protected, Words, own_words
from langcov.extend.replace import places
from langcov.extend.verify import encode_both
from langcov.tokenizers import load
from langcov.tokenizers.protocol import Encoded
from langcov.tokenizers.sentencepiece import schema
from tests.extend.conftest import MAKERS, byte_level, lines_of, settings
from tests.toys import LINES, sentencepiece_model

OPEN = ("hf-unigram", "spm-unigram")


@pytest.mark.parametrize("kind", MAKERS)
def test_every_kind_keeps_what_is_promised(kind: str, tatar: list[Corpus], tmp_path: Path) -> None:
    spec = MAKERS[kind](tmp_path)
    found = advise(spec, tatar, settings(kind, protect=[]))
    (tested,) = found.tested
    before, after = tested.tokens
    assert len(found.learned) == 40
    assert [one.id for one in found.learned] == list(range(found.learned[0].id, found.sizes[1]))
    if kind in OPEN:
        assert abs(tested.expected - after) < 0.02 * before
    else:
        assert tested.expected == after
    if not tested.unknown[0]:
        assert after < 0.9 * before
        assert tested.change.high is not None and tested.change.high < 0
        assert tested.otherwise == 0
    assert tested.unknown[1] < max(1, tested.unknown[0])


@pytest.mark.parametrize("kind", MAKERS)
def test_ids_of_old_pieces_stay(kind: str, tatar: list[Corpus], tmp_path: Path) -> None:
    spec = MAKERS[kind](tmp_path)
    found = advise(spec, tatar, settings(kind, protect=[]))
    (tmp_path / found.file).write_bytes(found.data)
    written = spec.replace("toy.json", found.file).replace("toy.model", found.file)
    old, new = load(spec).tokenizer, load(written.replace("toy.tiktoken", found.file)).tokenizer
    assert old.vocabulary and new.vocabulary and old.vocabulary.pieces and new.vocabulary.pieces
    for at in range(old.vocabulary.size):
        pieces = (one.vocabulary.pieces[at : at + 1] for one in (old, new))  # type: ignore[union-attr, index]
        one, other = (piece.data[piece.starts[0] : piece.ends[0]].tobytes() for piece in pieces)
        assert one == other
    lines = lines_of("tat_Cyrl", 80)
    one, other = old.encode(lines), new.encode(lines)
    without = np.array([(other[np.array([at])].ids < old.vocabulary.size).all() for at in range(len(lines))])
    assert not one.differs(other)[without].any()  # a line without a new id keeps its ids


def test_added_and_special_tokens_keep_their_ids(tatar: list[Corpus], tmp_path: Path) -> None:
    spec = MAKERS["hf-bpe"](tmp_path)
    old = tokenizers.Tokenizer.from_file(spec.removeprefix("hf:"))
    new = tokenizers.Tokenizer.from_str(advise(spec, tatar, settings(protect=[])).data.decode())
    for token in ("<|end|>", "   "):
        assert new.token_to_id(token) == old.token_to_id(token)
    assert new.encode("ак   ба<|end|>").ids[-1] == old.token_to_id("<|end|>")


@pytest.mark.parametrize("kind", ["hf-bpe", "spm-bpe", "tiktoken"])
def test_protected_lines_keep_their_ids(kind: str, tatar: list[Corpus], tmp_path: Path) -> None:
    free = advise(MAKERS[kind](tmp_path), tatar, settings(kind, protect=[]))
    found = advise(MAKERS[kind](tmp_path), tatar, settings(kind))
    (kept,) = found.kept
    assert kept.lines > 20
    assert (kept.changed, kept.listed_changed) == (0, 0)
    assert kept.tokens[0] == kept.tokens[1]
    assert found.tested[0].tokens[1] > free.tested[0].tokens[1]  # it has its price


def test_lines_that_change_are_counted_and_shown(tmp_path: Path) -> None:
    """Where a protected language is written with words that no table lists."""
    mine = lines_of("tat_Cyrl")
    corpora = resolve([{"tat": mine[:200], "rus": mine[200:]}])
    (kept,) = advise(MAKERS["hf-bpe"](tmp_path), corpora, settings()).kept
    assert 0 < kept.changed <= kept.lines
    assert kept.examples[0] in mine


def test_foreign_words_protect_nothing() -> None:
    assert own_words("из Мәскәү в Казань", "rus_Cyrl") == "из в Казань"


def test_new_pieces_of_a_model_with_huge_scores_are_merged_in_their_order(
    tatar: list[Corpus], tmp_path: Path
) -> None:
    """Mistral's lowest score is -1e9, where float32 has no number that is one less."""
    proto = schema().ModelProto.FromString(sentencepiece_model("bpe"))
    next(piece for piece in proto.pieces if piece.piece == "ак").score = -1e9
    (tmp_path / "toy.model").write_bytes(proto.SerializeToString())
    found = advise(f"spm:{tmp_path / 'toy.model'}", tatar, settings(protect=[]))
    scores = [piece.score for piece in schema().ModelProto.FromString(found.data).pieces][-40:]
    assert all(later < earlier for earlier, later in pairwise([-1e9, *scores]))
    (tested,) = found.tested
    assert tested.expected == tested.tokens[1]


def test_dropout_changes_nothing(tatar: list[Corpus], tmp_path: Path) -> None:
    made = byte_level()
    plain = advise(MAKERS["hf-bpe"](tmp_path), tatar, settings())
    made.model.dropout = 0.5
    made.save(str(tmp_path / "dropout.json"))
    found = advise(f"hf:{tmp_path / 'dropout.json'}", tatar, settings())
    assert found.learned == plain.learned
    assert found.tested[0].expected == found.tested[0].tokens[1] == plain.tested[0].tokens[1]


def test_a_library_that_fails_is_named(tatar: list[Corpus], tmp_path: Path) -> None:
    made = tokenizers.Tokenizer(tokenizers.models.Unigram([("а", -1.0), ("б", -1.0)], None))
    made.save(str(tmp_path / "toy.json"))
    with pytest.raises(CannotEncode, match="unk_id"):
        advise(f"hf:{tmp_path / 'toy.json'}", tatar, settings())


def test_what_cannot_be_decoded_is_not_known_to_come_back(tatar: list[Corpus], tmp_path: Path) -> None:
    structure = json.loads(byte_level().to_str())
    (tmp_path / "toy.json").write_text(json.dumps(structure | {"decoder": None}), "utf-8")
    found = advise(f"hf:{tmp_path / 'toy.json'}", tatar, settings())
    assert found.tested[0].otherwise is None
    assert found.tested[0].tokens[1] < found.tested[0].tokens[0]


def test_a_library_that_fails_at_decoding_is_named() -> None:
    class Broken:
        vocabulary = None

        def encode(self, texts: list[str]) -> Encoded:
            return Encoded.of([[1]] * len(texts))

        def decode(self, ids: list[list[int]]) -> list[str]:
            if ids:
                raise RuntimeError("no such token")
            return []

    class Other(Broken):
        def encode(self, texts: list[str]) -> Encoded:
            return Encoded.of([[2]] * len(texts))

    with pytest.raises(CannotDecode, match="no such token"):
        encode_both(Text(["ак"]), Broken(), Other())  # type: ignore[arg-type]


def test_premiums_are_of_the_same_lines(tmp_path: Path) -> None:
    lines = {"tat": lines_of("tat_Cyrl"), "rus": lines_of("rus_Cyrl"), "eng": lines_of("eng_Latn")}
    corpora = resolve([lines], aligned=True)
    found = advise(MAKERS["hf-bpe"](tmp_path), corpora, settings(protect=[]))
    (tested,) = found.tested
    russian = tested.premiums[0]
    assert russian.reference == "rus_Cyrl"
    assert russian.after.value < russian.before.value
    assert russian.change.value == pytest.approx(russian.after.value - russian.before.value)
    assert russian.change.high is not None and russian.change.high < 0


def test_halves_share_no_line(tmp_path: Path) -> None:
    corpora = resolve([{"tat": lines_of("tat_Cyrl", 150) * 2}])
    tested = advise(MAKERS["hf-bpe"](tmp_path), corpora, settings(protect=[])).tested[0]
    learned = advise(MAKERS["hf-bpe"](tmp_path), corpora, settings(protect=[])).learned_lines
    assert tested.lines + learned == 300
    assert tested.repeated == 0
    assert tested.lines % 2 == 0  # all that are the same are in one half


def test_held_out_text(tatar: list[Corpus], tmp_path: Path) -> None:
    mine = lines_of("tat_Cyrl", 400)
    known = set(lines_of("tat_Cyrl"))
    held_out = resolve([{"tat": [line for line in mine if line not in known]}])
    found = advise(MAKERS["hf-bpe"](tmp_path), tatar, settings(held_out=held_out, protect=[]))
    assert found.learned_lines == 300
    assert found.tested[0].lines == 100


@pytest.mark.parametrize("kind", ["spm-bpe", "spm-unigram"])
def test_trimmed_pieces_are_never_given_out(kind: str, tatar: list[Corpus], tmp_path: Path) -> None:
    spec = MAKERS[kind](tmp_path)
    whole = advise(spec, tatar, settings())
    found = advise(spec, tatar, settings(trim=True))
    assert found.trimmed > 0
    assert found.sizes == whole.sizes
    old = sentencepiece.SentencePieceProcessor(model_proto=whole.data)
    new = sentencepiece.SentencePieceProcessor(model_proto=found.data)
    unused = [id for id in range(new.get_piece_size()) if new.is_unused(id)]
    assert len(unused) == found.trimmed
    for line in [*corpus_lines(tatar), *LINES]:
        ids = old.encode(line)
        assert new.encode(line) == ids or set(ids).intersection(unused)  # other lines stay as they are
    assert not set(unused).intersection(id for line in new.encode(LINES) for id in line)
    assert new.decode(new.encode(LINES)) == LINES  # letters are left
    with pytest.raises(UserError, match="only a SentencePiece model can say"):
        advise(MAKERS["hf-bpe"](tmp_path), tatar, settings(trim=True))


@pytest.mark.parametrize("kind", ["hf-bpe", "hf-unigram", "spm-bpe", "spm-unigram"])
def test_a_vocabulary_that_keeps_its_size(kind: str, tatar: list[Corpus], tmp_path: Path) -> None:
    spec = MAKERS[kind](tmp_path)
    base = extender(spec)
    whole = advise(spec, tatar, settings(add=3))
    found = advise(spec, tatar, settings(add=3, keep_size=True))
    assert found.sizes == (load(spec).tokenizer.vocabulary.size,) * 2  # type: ignore[union-attr]
    assert found.texts == whole.texts
    to = {one.id: other.id for one, other in zip(whole.learned, found.learned)}
    gone = set(to.values())
    assert len(gone) == len(found.replaced) == 3
    assert tuple(base.text(base.spelled[one.id] or "") for one in found.learned) == found.replaced
    old, new = (_ids(one.data, kind) for one in (whole, found))
    same = 0
    for line in [*corpus_lines(tatar), *lines_of("tat_Cyrl", 600), *LINES]:
        ids = old(line)
        if not gone.intersection(ids):  # what has none of the pieces that are gone is cut as before
            assert new(line) == [to.get(id, id) for id in ids]
            same += 1
    assert same > 300
    (kept,) = found.kept
    assert (kept.changed, kept.listed_changed) == (whole.kept[0].changed, whole.kept[0].listed_changed)
    assert found.tested[0].used == whole.tested[0].used > 0


def _ids(data: bytes, kind: str) -> Callable[[str], list[int]]:
    """What the library itself gives for a line."""
    if kind.startswith("hf"):
        library = tokenizers.Tokenizer.from_buffer(data)
        return lambda line: list(library.encode(line).ids)
    processor = sentencepiece.SentencePieceProcessor(model_proto=data)
    return lambda line: list(processor.encode(line))


def test_ids_are_given_up_by_what_protected_text_can_hardly_have(tmp_path: Path) -> None:
    """By signs and code first, then foreign words, then words that may be its own; the last of each first."""
    vocab = {piece: id for id, piece in enumerate([*"абв=>", "аб", "ба", "=>", "ваг", "=а", "бба"])}
    model = tokenizers.models.BPE(vocab, [])
    tokenizers.Tokenizer(model).save(str(tmp_path / "toy.json"))
    base = extender(f"hf:{tmp_path / 'toy.json'}")
    neighbours = set(pairwise("абба"))
    safe = Protected(Words({}, [], set("аб")), frozenset(), neighbours)
    learned = [Learned(20 + at, "новое", (), 2) for at in range(4)]
    found = places(base, [5, 6, 7, 8, 9], safe, learned)
    assert [base.spelled[id] for id in found.values()] == ["=а", "=>", "ваг", "аб"]


def corpus_lines(corpora: list[Corpus]) -> list[str]:
    return [line for corpus in corpora for source in corpus.sources for line in source.lines]


def test_gpt_neox_in_tatar(shared: Path) -> None:
    """The real one: much fewer tokens for Tatar, the same ids for Russian."""
    folder = shared / "corpora" / "ntrex"
    corpora = resolve([[f"{one}={folder / one}_{s}.txt" for one, s in (("tat", "Cyrl"), ("rus", "Cyrl"))]])
    spec = str(shared / "tokenizers" / "gpt_neox_20b.json")
    found = advise(spec, corpora, Settings(languages=["tat"], add=500, protect=["rus"], leave_out=("ntrex",)))
    (tested,), (kept,) = found.tested, found.kept
    assert tested.tokens[1] == tested.expected < 0.8 * tested.tokens[0]
    assert kept.changed <= 0.004 * kept.lines
    added = json.loads(found.data)["added_tokens"]
    library = tokenizers.Tokenizer.from_str(found.data.decode())
    assert all(library.token_to_id(token["content"]) == token["id"] for token in added)
