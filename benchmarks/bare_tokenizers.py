"""Each tokenizer of ../shared/tokenizers through its bare library, in plain loops: for ``check_metrics``.

Nothing here is taken from langcov. ``spans`` says which bytes of a line each token stands for, worked out
from the pieces themselves: what a token spells is followed along the normalised line, and each normalised
character stands for the original ones that became it. No library's offsets are used except, for
SentencePiece, which original byte each normalised character began at.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

MARK = "\u2581"
Span = tuple[int, int]


@dataclass
class Bare:
    """A tokenizer as its own library has it.

    Attributes:
        encode, decode: of one line, no special tokens added, none left out; no decode for word tables.
        spans: of a line and its ids, bytes [begin, end) of each token; begin == end where it stands for none.
        returnable: ids that an encoding of text can return: all but special, control and unused ones.
        unknown: the UNK id, None where every text has tokens.
        byte_ids: ids that are byte fallback or not whole UTF-8.
        drops: whether text that has no token is left out without an UNK.
        words: whether the tokens of a line are always those of its words; of a unigram model they are not.
    """

    name: str
    spec: str
    encode: Callable[[str], list[int]]
    decode: Callable[[list[int]], str]
    spans: Callable[[str, list[int]], list[Span]]
    returnable: set[int]
    unknown: int | None = None
    byte_ids: set[int] = field(default_factory=set)
    drops: bool = False
    words: bool = True


def whole(data: bytes) -> bool:
    """Whether bytes are UTF-8 by themselves."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def load_all(folder: Path) -> list[Bare]:
    """The tokenizers that are checked."""
    return [
        of_bytes("bytes", "bytes", {byte: bytes([byte]) for byte in range(256)}, lambda t: list(t.encode())),
        of_chars(),
        tiktoken_file(folder / "gpt2.tiktoken"),
        tiktoken_file(folder / "o200k_base.tiktoken"),
        tekken(folder / "tekken_240718.json"),
        rwkv(folder / "rwkv_vocab_v20230424.txt"),
        sentencepiece(folder / "mistral_v3.spm.model"),
        sentencepiece(folder / "grok1.spm.model"),
        sentencepiece(folder / "sp_test_unigram1k.spm.model"),
        neox(folder / "gpt_neox_20b.json"),
        mistral(folder / "mistral_7b_v0.1.json"),
        t5(folder / "t5_small.json"),
        bert(folder / "bert_base_cased.vocab.txt"),
    ]


def of_bytes(name: str, spec: str, pieces: dict[int, bytes], encode: Callable[[str], list[int]]) -> Bare:
    """A tokenizer whose tokens' bytes, joined, are the line."""

    def spans(line: str, ids: list[int]) -> list[Span]:
        assert b"".join(pieces[token] for token in ids) == line.encode()
        found, at = [], 0
        for token in ids:
            found.append((at, at + len(pieces[token])))
            at += len(pieces[token])
        return found

    return Bare(
        name,
        spec,
        encode,
        lambda ids: b"".join(pieces[token] for token in ids).decode(errors="replace"),
        spans,
        set(pieces),
        byte_ids={token for token, piece in pieces.items() if not whole(piece)},
    )


def of_chars() -> Bare:
    """A token for each code point."""

    def spans(line: str, ids: list[int]) -> list[Span]:
        return char_spans(line)

    every = {point for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000}
    return Bare("chars", "chars", lambda t: [ord(c) for c in t], lambda i: "".join(map(chr, i)), spans, every)


def char_spans(line: str) -> list[Span]:
    """The bytes of each character."""
    found, at = [], 0
    for char in line:
        found.append((at, at + len(char.encode())))
        at = found[-1][1]
    return found


def tiktoken_file(path: Path) -> Bare:
    """A .tiktoken file with the pattern of its name."""
    import tiktoken
    from tiktoken_ext import openai_public

    ranks = {}
    for row in path.read_bytes().splitlines():
        token, rank = row.split()
        ranks[base64.b64decode(token)] = int(rank)
    pattern = openai_public.r50k_pat_str
    if path.stem != "gpt2":  # the library keeps the others inside functions that would fetch the ranks
        kept = openai_public.load_tiktoken_bpe
        openai_public.load_tiktoken_bpe = lambda *_, **__: ranks
        try:
            pattern = getattr(openai_public, path.stem)()["pat_str"]
        finally:
            openai_public.load_tiktoken_bpe = kept
    encoding = tiktoken.Encoding(path.stem, pat_str=pattern, mergeable_ranks=ranks, special_tokens={})
    pieces = {rank: token for token, rank in ranks.items()}
    return of_bytes(path.stem, str(path), pieces, encoding.encode_ordinary)


def tekken(path: Path) -> Bare:
    """Only the first entries, their ids after those of the specials."""
    import tiktoken

    file = json.loads(path.read_text(encoding="utf-8"))
    config = file["config"]
    special = config["default_num_special_tokens"]
    ranks = {}
    for entry in file["vocab"][: config["default_vocab_size"] - special]:
        ranks[base64.b64decode(entry["token_bytes"])] = entry["rank"]
    encoding = tiktoken.Encoding(
        "tekken", pat_str=config["pattern"], mergeable_ranks=ranks, special_tokens={}
    )
    pieces = {rank + special: token for token, rank in ranks.items()}
    return of_bytes(
        path.stem, str(path), pieces, lambda text: [i + special for i in encoding.encode_ordinary(text)]
    )


def rwkv(path: Path) -> Bare:
    """Greedy longest match over the bytes."""
    pieces: dict[int, bytes] = {}
    for row in path.read_text(encoding="utf-8").split("\n"):
        if row:
            token = ast.literal_eval(row[row.index(" ") + 1 : row.rindex(" ")])
            pieces[int(row.split(" ")[0])] = token.encode() if isinstance(token, str) else token
    ids = {piece: token for token, piece in pieces.items()}
    longest = max(map(len, ids))

    def encode(text: str) -> list[int]:
        data, found = text.encode(), []
        while data:
            piece = next(data[:n] for n in range(min(longest, len(data)), 0, -1) if data[:n] in ids)
            found.append(ids[piece])
            data = data[len(piece) :]
        return found

    return of_bytes(path.stem, str(path), pieces, encode)


def sentencepiece(path: Path) -> Bare:
    """A SentencePiece model; types 1 normal, 2 unknown, 3 control, 4 user defined, 5 unused, 6 byte."""
    import sentencepiece as library
    from sentencepiece import sentencepiece_model_pb2 as schema

    processor = library.SentencePieceProcessor(model_file=str(path))
    proto = schema.ModelProto()  # type: ignore[attr-defined,unused-ignore]
    proto.ParseFromString(path.read_bytes())
    types = [piece.type for piece in proto.pieces]
    fallback = proto.trainer_spec.byte_fallback
    can = {1, 4, 6} if fallback else {1, 2, 4}

    def spans(line: str, ids: list[int]) -> list[Span]:
        normal, origin = processor.normalize(line, with_offsets=True)
        starts = [begin for begin, _ in char_spans(line)] + [len(line.encode())]
        where = [starts[at] for at in origin]
        texts = processor.encode(line, out_type=str)
        found: list[Span] = []
        at = 0
        held = b""
        for token, text in zip(ids, texts):
            if types[token] == 6:
                held += bytes([int(text[3:5], 16)])
                found.append(source(normal, where, at, at + 1))
                if whole(held):
                    assert held.decode() == normal[at]
                    at, held = at + 1, b""
                continue
            assert normal.startswith(text, at), (normal, at, text)
            found.append(source(normal, where, at, at + len(text)))
            at += len(text)
        assert at == len(normal)
        return found

    return Bare(
        path.name.removesuffix(".spm.model"),
        str(path),
        lambda text: list(processor.encode(text)),
        lambda ids: processor.decode(ids) if ids else "",
        spans,
        {token for token, kind in enumerate(types) if kind in can},
        None if fallback else types.index(2),
        {token for token, kind in enumerate(types) if kind == 6},
        words=proto.trainer_spec.model_type != 1,
    )


def source(normal: str, where: list[int], begin: int, end: int) -> Span:
    """The bytes that normalised characters [begin, end) come from, marks before a word left out.

    ``where[i]`` is the byte at which the source of character i begins; characters that share it come from
    one original character, which ends where the next one's source begins.
    """
    while begin < end and normal[begin] == MARK:
        begin += 1
    if begin == end:
        return where[begin], where[begin]
    after = next(at for at in where[end:] if at > where[end - 1])
    return where[begin], after


def walk(pieces: list[tuple[str, list[Span]]]) -> tuple[str, list[Span]]:
    """Normalised parts and the sources of their characters, joined."""
    return "".join(text for text, _ in pieces), [span for _, spans in pieces for span in spans]


def normalised(line: str, rule: Callable[[str], str], offset: int = 0) -> tuple[str, list[Span]]:
    """A line normalised cluster by cluster, and the bytes each normalised character comes from.

    A cluster that changes only in single characters is followed by character, else as a whole.
    """
    parts: list[tuple[str, list[Span]]] = []
    at = offset
    for cluster in regex.findall(r"\X", line):
        chars = [(char, rule(char)) for char in cluster]
        if "".join(new for _, new in chars) != rule(cluster):
            chars = [(cluster, rule(cluster))]
        for old, new in chars:
            size = len(old.encode())
            places = char_spans(old) if old == new else [(0, size)] * len(new)
            parts.append((new, [(at + a, at + b) for a, b in places]))
            at += size
    text, places = walk(parts)
    assert text == rule(line), (text, rule(line))
    return text, places


def hull(spans: list[Span], otherwise: int) -> Span:
    """From the first to the last."""
    return (min(a for a, _ in spans), max(b for _, b in spans)) if spans else (otherwise, otherwise)


@dataclass
class Json:
    """A tokenizer.json with its structure."""

    path: Path
    tokenizer: Any
    texts: dict[int, str]
    special: dict[str, int]
    added: dict[int, str]

    @classmethod
    def of(cls, path: Path, tokenizer: Any) -> Json:
        structure = json.loads(tokenizer.to_str())
        vocabulary = structure["model"]["vocab"]
        pairs = vocabulary.items() if isinstance(vocabulary, dict) else []
        texts = {token: text for text, token in pairs} or {i: pair[0] for i, pair in enumerate(vocabulary)}
        added = {token["id"]: token["content"] for token in structure["added_tokens"]}
        special = {token["content"]: token["id"] for token in structure["added_tokens"] if token["special"]}
        return cls(path, tokenizer, texts | added, special, added)

    def encode(self, text: str) -> list[int]:
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def decode(self, ids: list[int]) -> str:
        return str(self.tokenizer.decode(ids, skip_special_tokens=False))

    def sections(self, line: str) -> list[str]:
        """The line cut at special tokens, which the library finds in text: every second part is one."""
        pattern = "|".join(map(re.escape, sorted(self.special, key=len, reverse=True)))
        return re.split(f"({pattern})", line)

    def bare(self, spans: Callable[[str, list[int]], list[Span]], unknown: int | None) -> Bare:
        name = self.path.name.removesuffix(".json").removesuffix(".vocab.txt")
        returnable = set(self.texts) - set(self.special.values())
        if unknown is not None:
            returnable.add(unknown)
        return Bare(name, str(self.path), self.encode, self.decode, spans, returnable, unknown)


def from_file(path: Path) -> Json:
    import tokenizers

    return Json.of(path, tokenizers.Tokenizer.from_file(str(path)))


def byte_letters() -> dict[str, int]:
    """The letters that byte-level BPE writes for bytes."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    letters = {chr(byte): byte for byte in printable}
    for byte in range(256):
        if byte not in printable:
            letters[chr(0x100 + len(letters) - len(printable))] = byte
    return letters


def neox(path: Path) -> Bare:
    """Byte-level BPE after NFC; its runs of spaces are added tokens."""
    model, letters = from_file(path), byte_letters()
    pieces = {
        token: text.encode() if token in model.added else bytes(letters[c] for c in text)
        for token, text in model.texts.items()
    }

    def spans(line: str, ids: list[int]) -> list[Span]:
        normal, where = normalised(line, lambda text: unicodedata.normalize("NFC", text))
        sources: list[Span] = []  # of each normalised byte
        for char, (begin, end) in zip(normal, where):
            size = len(char.encode())
            same = line.encode()[begin:end] == char.encode()
            sources += [(begin + i, begin + i + 1) if same else (begin, end) for i in range(size)]
        assert b"".join(pieces[token] for token in ids) == normal.encode()
        found, at = [], 0
        for token in ids:
            found.append(hull(sources[at : at + len(pieces[token])], 0))
            at += len(pieces[token])
        return found

    made = model.bare(spans, None)
    made.byte_ids = {token for token, piece in pieces.items() if not whole(piece)}
    return made


def mistral(path: Path) -> Bare:
    """BPE over marks with byte fallback: spaces are marks, one more before a line's first word."""
    model = from_file(path)
    fallback = {token for token, text in model.texts.items() if re.fullmatch(r"<0x[0-9A-F]{2}>", text)}

    def spans(line: str, ids: list[int]) -> list[Span]:
        data = line.encode()
        at, found = 0, []
        for number, token in enumerate(ids):
            text = model.texts[token]
            piece = bytes([int(text[3:5], 16)]) if token in fallback else text.encode()
            begin = at
            if token not in model.special.values() and token not in fallback:
                if number == 0 and text.startswith(MARK) and not line.startswith((" ", MARK)):
                    piece = piece.removeprefix(MARK.encode())
                while piece:  # a mark stands for a space or for itself
                    if piece.startswith(MARK.encode()) and data[at : at + 1] == b" ":
                        piece, at = piece[3:], at + 1
                    else:
                        assert data[at] == piece[0]
                        piece, at = piece[1:], at + 1
            else:
                assert data.startswith(piece, at)
                at += len(piece)
            found.append((begin, at))
        assert at == len(data)
        return found

    made = model.bare(spans, None)
    made.byte_ids = fallback
    return made


def t5(path: Path) -> Bare:
    """Unigram over the words of the normalised line, each with its mark; unknown characters are joined."""
    model = from_file(path)
    unknown = model.special["<unk>"]
    letters = {text for text in model.texts.values() if len(text) == 1}

    def spans(line: str, ids: list[int]) -> list[Span]:
        rest, found, at = list(ids), [], 0
        for number, section in enumerate(model.sections(line)):
            if number % 2:
                assert model.special[section] == rest.pop(0)
                found.append((at, at + len(section.encode())))
            else:
                text, where = normalised(section, model.tokenizer.normalizer.normalize_str, at)
                for word in regex.finditer(r"\S+", text):
                    found += in_word(MARK + word[0], [(0, 0), *where[word.start() : word.end()]], rest)
            at += len(section.encode())
        assert not rest
        return found

    def in_word(word: str, where: list[Span], rest: list[int]) -> list[Span]:
        found, at = [], 0
        while at < len(word):
            token = rest.pop(0)
            end = at + len(model.texts[token])
            if token == unknown:
                end = at + 1
                following = model.texts[rest[0]] if rest and rest[0] != unknown else None
                while end < len(word) and word[end] not in letters:
                    if following is not None and word.startswith(following, end):
                        break
                    end += 1
            else:
                assert word.startswith(model.texts[token], at), (word, at, model.texts[token])
            first = max(at, 1)  # without the mark
            found.append(hull(where[first:end], 0))
            at = end
        return found

    return model.bare(spans, unknown)


def bert(path: Path) -> Bare:
    """A WordPiece vocabulary, with BERT's cased normaliser."""
    import tokenizers

    bert = tokenizers.BertWordPieceTokenizer(str(path), lowercase=False, strip_accents=False)
    return wordpiece(Json.of(path, bert._tokenizer))


def wordpiece(model: Json) -> Bare:
    """WordPiece over words and marks; a word with any unknown part is one UNK."""
    unknown = model.special["[UNK]"]

    def spans(line: str, ids: list[int]) -> list[Span]:
        rest, found, at = list(ids), [], 0
        for number, section in enumerate(model.sections(line)):
            if number % 2:
                assert model.special[section] == rest.pop(0)
                found.append((at, at + len(section.encode())))
            else:
                text, where = normalised(section, model.tokenizer.normalizer.normalize_str, at)
                words = model.tokenizer.pre_tokenizer.pre_tokenize_str(text)
                for _, (begin, end) in words:
                    found += in_word(text[begin:end], where[begin:end], rest)
            at += len(section.encode())
        assert not rest
        return found

    def in_word(word: str, where: list[Span], rest: list[int]) -> list[Span]:
        if rest[0] == unknown:
            rest.pop(0)
            return [hull(where, 0)]
        found, at = [], 0
        while at < len(word):
            text = model.texts[rest.pop(0)].removeprefix("##" if at else "")
            assert word.startswith(text, at)
            found.append(hull(where[at : at + len(text)], 0))
            at += len(text)
        return found

    return model.bare(spans, unknown)
