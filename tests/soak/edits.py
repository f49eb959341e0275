"""Random edits of a file: its bytes, lines, numbers or header, also those of what is compressed in it."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import re
from collections.abc import Callable
from pathlib import Path

import zstandard

Edit = Callable[[random.Random, bytes], bytes]


def _zst(data: bytes) -> bytes:
    texts: list[bytes] = []
    while data or not texts:  # one frame after another, as the other readers go from stream to stream
        file = zstandard.ZstdDecompressor().decompressobj()
        texts.append(file.decompress(data))
        if not file.eof:
            raise EOFError("cut short")
        data = file.unused_data
    return b"".join(texts)


PACKED: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    ".gz": (gzip.decompress, gzip.compress),
    ".bz2": (bz2.decompress, bz2.compress),
    ".xz": (lzma.decompress, lzma.compress),
    ".zst": (_zst, zstandard.compress),
}
NUMBERS = ["0", "-1", "1", "0.5", "1e999", "-1e999", "1e-320", "NaN", "1_0", "٣", "9" * 5000]
NUMBERS += [str(2**power + (power == 53)) for power in (31, 32, 53, 63, 64)]
VALUES = [*NUMBERS, "null", "true", "[]", "{}", '""', '"x"', "[[[[]]]]", ""]
ODD = [
    *(
        "\0",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\x85",
        "\r",
        "\x1b[31m",
        "\U0010fffd",
        "\u0301" * 40,
        "ӏ",
        "\ufffd",
    ),
    *('"', "'", "\\", "\t", ",", "=1+1", "\n\n\n", "\n", " ", "\u00a0", "#", "{", "[" * 3000),
    *("<unk>", "</s>", "<|endoftext|>", "a" * 70_000, "a " * 20_000),
]
ODD_BYTES = [
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    b"\x80" * 9,
    b"\x1f\x8b\x08",
    b"\xfd7zXZ\0",
    b"PK\3\4",
    b"\n",
]


def _part(dice: random.Random, data: bytes) -> tuple[int, int]:
    """Where a block begins and ends: most are short."""
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice([1, 4, 16, 64, 1000, len(data) // 3 + 1]))


def flip(dice: random.Random, data: bytes) -> bytes:
    """One bit to forty, anywhere."""
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 3, 40])):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def cut(dice: random.Random, data: bytes) -> bytes:
    """The end is missing, or the beginning."""
    at = dice.choice([dice.randrange(len(data) + 1), max(0, len(data) - dice.randrange(1, 20)), 0])
    return data[:at] if dice.random() < 0.8 else data[at:]


def drop(dice: random.Random, data: bytes) -> bytes:
    """A block is missing."""
    start, end = _part(dice, data)
    return data[:start] + data[end:]


def zero(dice: random.Random, data: bytes) -> bytes:
    """A block is zeros, as after a crash of the machine."""
    start, end = _part(dice, data)
    return data[:start] + bytes(end - start) + data[end:]


def twice(dice: random.Random, data: bytes) -> bytes:
    """A block, or all, stands there twice."""
    start, end = dice.choice([_part(dice, data), (0, len(data))])
    return data[:end] + data[start:end] + data[end:]


def insert(dice: random.Random, data: bytes) -> bytes:
    """Bytes that are not valid there, or random ones."""
    at = dice.choice([0, len(data), dice.randrange(len(data) + 1)])
    return data[:at] + dice.choice([*ODD_BYTES, dice.randbytes(dice.choice([1, 8, 500]))]) + data[at:]


def header(dice: random.Random, data: bytes) -> bytes:
    """Fields of the first bytes, or of the last, hold other numbers."""
    changed = bytearray(data)
    for _ in range(dice.choice([1, 1, 3])):
        size = dice.choice([1, 4, 8])
        number = dice.choice([0, 1, -1, 2 ** (8 * size - 1) - 1, -(2 ** (8 * size - 1)), dice.randrange(128)])
        near = min(len(data), dice.choice([16, 64, 256])) // size * size
        at = dice.randrange(0, near + 1, size)
        at = at if dice.random() < 0.8 else max(0, len(data) - at)
        changed[at : at + size] = number.to_bytes(size, "little", signed=True)
    return bytes(changed)


def lines(dice: random.Random, data: bytes) -> bytes:
    """Lines that are swapped, doubled, lost, joined or shuffled."""
    rows = data.split(b"\n")
    a, b = dice.randrange(len(rows)), dice.randrange(len(rows))
    match dice.randrange(5):
        case 0:
            rows[a], rows[b] = rows[b], rows[a]
        case 1:
            rows.insert(a, rows[b])
        case 2:
            del rows[a]
        case 3:
            rows[a : a + 2] = [b"".join(rows[a : a + 2])]
        case _:
            dice.shuffle(rows)
    return b"\n".join(rows)


def value(dice: random.Random, data: bytes) -> bytes:
    """A number or a quoted string is another value: huge, negative, of another type, of 5,000 digits."""
    found = list(re.finditer(rb'-?\d+(?:\.\d+)?|"[^"\n]{0,60}"|\b(?:true|false|null)\b', data))
    if not found:
        return insert(dice, data)
    one = dice.choice(found)
    new = dice.choice([*VALUES, dice.choice(ODD)]).encode()
    return data[: one.start()] + new + data[one.end() :]


def letters(dice: random.Random, data: bytes) -> bytes:
    """Characters that are hard on readers of text, where the text stays valid UTF-8."""
    text = data.decode("utf-8", "surrogateescape")
    for _ in range(dice.choice([1, 1, 5])):
        at = dice.choice([0, len(text), dice.randrange(len(text) + 1)])
        text = text[:at] + dice.choice(ODD) + text[at:]
    return text.encode("utf-8", "surrogateescape")


EDITS: dict[str, Edit] = {
    one.__name__: one for one in (flip, cut, drop, zero, twice, insert, header, lines, value, letters)
}
TEXT = (*("lines", "value", "letters") * 2, "twice", "drop", "flip", "cut", "insert")


def edit(dice: random.Random, path: Path) -> str:
    """Edit a file once or twice, in place; returns what was done.

    Half of the compressed ones are edited before they are compressed, as most damage inside is found at once.
    """
    data = path.read_bytes()
    unpack, pack = PACKED.get(path.suffix, (None, None))
    inside = unpack is not None and dice.random() < 0.5
    if inside and unpack:
        data = unpack(data)
    binary = b"\0" in data[:4000] or (unpack is not None and not inside)
    name = dice.choice(list(EDITS) if binary else TEXT)
    for _ in range(dice.choice([1, 1, 1, 2])):
        data = EDITS[name](dice, data)
    path.write_bytes(pack(data) if inside and pack else data)
    return name + (" inside" if inside else "")
