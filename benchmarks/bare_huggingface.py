"""Bare tokenizers of Hugging Face's library: ``tokenizer.json`` of four sorts, and BERT's vocabulary."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from benchmarks.bare import MARK, Bare, Span, char_spans, whole


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
