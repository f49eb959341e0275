"""Tokenizers trained on Russian alone, for ``check_metrics``: some lose or change text, one has superwords.

Of one that loses text no place of a token is known where letters are left out without an UNK
(``Bare.drops``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.bare import Bare, Span
from benchmarks.bare_huggingface import byte_letters, from_file, mistral, wordpiece
from benchmarks.bare_sentencepiece import sentencepiece

SIZE = 3000


def load_trained(folder: Path, lines: Sequence[str]) -> list[Bare]:
    """Train them on some lines and write them into a folder."""
    return [
        dropping(folder / "dropping_bpe.json", lines),
        dropping_bytes(folder / "dropping_bytes.json", lines),
        uncased(folder / "uncased_wordpiece.json", lines),
        folding(folder / "folding.spm.model", lines),
        superwords(folder / "superwords.json", lines),
    ]


def train(path: Path, lines: Sequence[str], model: Any, trainer: Any, **parts: Any) -> None:
    """A ``tokenizer.json`` of the parts of a tokenizer."""
    import tokenizers

    made = tokenizers.Tokenizer(model)
    for name, part in parts.items():
        setattr(made, name, part)
    made.train_from_iterator(lines, trainer)
    made.save(str(path))


def dropping(path: Path, lines: Sequence[str]) -> Bare:
    """BPE without UNK and without byte fallback."""
    from tokenizers import decoders, models, pre_tokenizers, trainers

    trainer = trainers.BpeTrainer(vocab_size=SIZE, show_progress=False)
    before, after = pre_tokenizers.Metaspace(), decoders.Metaspace()
    train(path, lines, models.BPE(), trainer, pre_tokenizer=before, decoder=after)
    bare = mistral(path)
    return replace(bare, drops=True, spans=where_all_is_kept(bare, bare.spans))


def dropping_bytes(path: Path, lines: Sequence[str]) -> Bare:
    """Byte-level BPE without the letters of bytes that it never saw."""
    bare = byte_level(path, lines, cut=True, alphabet=[])
    return replace(bare, drops=True, spans=where_all_is_kept(bare, bare.spans))


def superwords(path: Path, lines: Sequence[str]) -> Bare:
    """Byte-level BPE that is not cut at spaces."""
    return byte_level(path, lines, cut=False, alphabet=[*byte_letters()])


def byte_level(path: Path, lines: Sequence[str], *, cut: bool, alphabet: list[str]) -> Bare:
    """Byte-level BPE with these letters at least, whose words are cut before training or not."""
    from tokenizers import decoders, models, pre_tokenizers, trainers

    trainer = trainers.BpeTrainer(vocab_size=SIZE, show_progress=False, initial_alphabet=alphabet)
    before = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=cut)
    train(path, lines, models.BPE(), trainer, pre_tokenizer=before, decoder=decoders.ByteLevel())
    model, letters = from_file(path), byte_letters()
    pieces = {token: bytes(letters[c] for c in text) for token, text in model.texts.items()}

    def spans(line: str, ids: list[int]) -> list[Span]:
        ends = [sum(len(pieces[token]) for token in ids[: i + 1]) for i in range(len(ids))]
        return list(zip([0, *ends], ends))

    broken = {token for token, piece in pieces.items() if "\ufffd" in piece.decode(errors="replace")}
    return replace(model.bare(spans, None), byte_ids=broken)


def uncased(path: Path, lines: Sequence[str]) -> Bare:
    """WordPiece that lower-cases and strips marks."""
    from tokenizers import decoders, models, normalizers, pre_tokenizers, trainers

    trainer = trainers.WordPieceTrainer(vocab_size=SIZE, special_tokens=["[UNK]"], show_progress=False)
    train(
        *(path, lines, models.WordPiece(unk_token="[UNK]"), trainer),
        normalizer=normalizers.BertNormalizer(lowercase=True, strip_accents=True),
        pre_tokenizer=pre_tokenizers.BertPreTokenizer(),
        decoder=decoders.WordPiece(),
    )
    return wordpiece(from_file(path))


def folding(path: Path, lines: Sequence[str]) -> Bare:
    """SentencePiece BPE that folds case, without byte fallback."""
    import sentencepiece as library

    library.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_prefix=str(path.with_suffix("")),
        model_type="bpe",
        vocab_size=SIZE,
        normalization_rule_name="nmt_nfkc_cf",
        character_coverage=1.0,
        minloglevel=2,
    )
    return sentencepiece(path)


def where_all_is_kept(bare: Bare, spans: Callable[[str, list[int]], list[Span]]) -> Any:
    """The places of tokens, of lines that come back as they are; of others nothing is asked."""
    return lambda line, ids: spans(line, ids) if bare.decode(ids) == line else [(0, 0)] * len(ids)
