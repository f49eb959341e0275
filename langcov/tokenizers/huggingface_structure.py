"""What a ``tokenizer.json`` says of its ids and of the word form, read from its structure."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from langcov.text.strings import Strings
from langcov.tokenizers.charsmap import rewrites_space
from langcov.tokenizers.model_file import broken_utf8
from langcov.tokenizers.patterns import cuts_before_space, is_local
from langcov.tokenizers.protocol import Vocabulary, WordForm
from langcov.tokenizers.wordforms import MARK, crosses_mark, over_spaces

Part = Mapping[str, Any]

BYTE = re.compile(r"<0x([0-9A-F]{2})>")
UTF8_BYTES = {bytes([byte]) for byte in (*range(0xC0), *range(0xC2, 0xF5))}
_DROPS_SPACES = {"WhitespaceSplit", "Whitespace", "BertPreTokenizer"}
# Written for each string apart: the normal form of a line is that of its units one after another, and no
# White_Space is made or lost at a unit's edge.
_LETTERWISE = {"NFC", "NFD", "NFKC", "NFKD", "Lowercase"}
# These may delete characters or write and take spaces; harmless where spaces only part words.
_SPACEWISE = {*_LETTERWISE, "StripAccents", "Nmt", "BertNormalizer", "Strip"}


def byte_alphabet() -> dict[str, int]:
    """The letters that byte-level BPE writes for bytes (those of GPT-2).

    >>> byte_alphabet()["Ġ"], len(byte_alphabet())
    (32, 256)
    """
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {chr(256 + i): byte for i, byte in enumerate(others)}


_BYTE_OF_LETTER = byte_alphabet()
# A letter to the character with the number of its byte, and what is no letter out of Latin-1.
_TO_LATIN1 = str.maketrans(
    dict.fromkeys(map(chr, range(256)), MARK)
    | {letter: chr(byte) for letter, byte in _BYTE_OF_LETTER.items()}
)


def flat(part: Part | None) -> list[Part]:
    """The steps of a normalizer, pre-tokenizer or decoder, its sequences opened."""
    if part is None:
        return []
    if part["type"] != "Sequence":
        return [part]
    inner = next(value for key, value in part.items() if key != "type")
    return [step for each in inner for step in flat(each)]


def read_vocabulary(structure: Part) -> Vocabulary:
    """The ids of a tokenizer, the added tokens among them."""
    model = structure["model"]
    texts = _texts_by_id(model["vocab"])
    added = {token["id"]: token for token in structure["added_tokens"]}
    special = {number for number, token in added.items() if token["special"]}
    texts.update({number: token["content"] for number, token in added.items()})
    size = max(texts, default=-1) + 1
    present = np.zeros(size, np.bool_)
    present[list(texts)] = True
    present[list(special)] = False

    ordered = [texts.get(number, "") for number in range(size)]
    fallback = bool(model.get("byte_fallback"))
    bytes_spelled = np.array([fallback and BYTE.fullmatch(text) is not None for text in ordered], np.bool_)
    unknown = _unknown_id(structure, ordered)
    if unknown is not None:
        present[unknown] = True
    drops = model["type"] == "BPE" and unknown is None and not _has_all_bytes(structure, set(ordered))
    to_bytes = _decoder(flat(structure["decoder"]))
    if to_bytes is None:
        bytes_known = None if spells_bytes(structure) else bytes_spelled
        return Vocabulary(size, present, unknown, None, bytes_known, drops)
    hidden = special | {unknown}
    pieces = [b"" if number in hidden else to_bytes(text) for number, text in enumerate(ordered)]
    byte_tokens = bytes_spelled | broken_utf8(pieces)
    return Vocabulary(size, present, unknown, Strings.of(pieces), byte_tokens, drops)


def spells_bytes(structure: Part) -> bool:
    """Whether text is written in letters for bytes before it is cut into tokens."""
    steps = flat(structure["normalizer"]) + flat(structure["pre_tokenizer"])
    return any(step["type"] == "ByteLevel" for step in steps)


def _has_all_bytes(structure: Part, texts: set[str]) -> bool:
    """Whether every byte that UTF-8 has is a token, so that no text is without one."""
    if spells_bytes(structure):
        return texts.issuperset(
            letter for letter, byte in _BYTE_OF_LETTER.items() if bytes([byte]) in UTF8_BYTES
        )
    fallback = (f"<0x{byte[0]:02X}>" for byte in UTF8_BYTES)
    return bool(structure["model"].get("byte_fallback")) and texts.issuperset(fallback)


def _texts_by_id(vocab: Any) -> dict[int, str]:
    if isinstance(vocab, Mapping):
        return {number: text for text, number in vocab.items()}
    return {number: text for number, (text, _) in enumerate(vocab)}


def _unknown_id(structure: Part, texts: list[str]) -> int | None:
    """The id of UNK, None where there is none or every byte has a token."""
    model, known = structure["model"], set(texts)
    if model.get("byte_fallback") and known.issuperset(f"<0x{byte:02X}>" for byte in range(256)):
        return None
    levels = any(step["type"] == "ByteLevel" for step in flat(structure["pre_tokenizer"]))
    if levels and known.issuperset(_BYTE_OF_LETTER):
        return None
    if model["type"] == "Unigram":
        unk_id: int | None = model["unk_id"]
        return unk_id
    unknown = model.get("unk_token")
    return texts.index(unknown) if unknown in known else None


def _decoder(steps: list[Part]) -> Callable[[str], bytes] | None:
    """The bytes of one token's text, where decoding is joining them; None where it is more."""
    kinds = [step["type"] for step in steps]
    if kinds == ["ByteLevel"]:
        return bytes_of_letters
    if kinds == ["Metaspace"]:
        return lambda text: text.replace(MARK, " ").encode()
    joins = [kind for kind in kinds if kind not in ("Fuse", "Strip")]
    if joins not in (["Replace"], ["Replace", "ByteFallback"]):
        return None
    if (steps[0].get("pattern"), steps[0].get("content")) != ({"String": MARK}, " "):
        return None

    fallback = "ByteFallback" in joins

    def to_bytes(text: str) -> bytes:
        value = fallback and BYTE.fullmatch(text)
        return bytes.fromhex(value[1]) if value else text.replace(MARK, " ").encode()

    return to_bytes


def bytes_of_letters(text: str) -> bytes:
    """The bytes of a byte-level token; an added token with other letters stands as it is."""
    try:
        return text.translate(_TO_LATIN1).encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


def read_word_form(structure: Part) -> tuple[WordForm | None, str, Sequence[str]]:
    """What of the structure lets a line be cut at its spaces, or what stands against it.

    Returns:
        The form, the reason, and texts that a line may not hold then.
    """
    model = structure["model"]
    normalizers, cutters = flat(structure["normalizer"]), flat(structure["pre_tokenizer"])
    if reason := added_token_in_the_way(structure["added_tokens"], normalizers):
        return None, reason, ()
    if cutters and cutters[0]["type"] in _DROPS_SPACES and all(map(_only_parts_words, normalizers)):
        return "kept", f"{cutters[0]['type']} parts the words before anything else is done", ()
    letterwise = all(step["type"] in _LETTERWISE for step in normalizers)
    if letterwise and all(map(_is_local, cutters)) and any(map(_cuts, cutters)):
        return "kept", "its pre-tokenizer begins a piece at each single space", ()
    if model["type"] != "BPE":
        return None, f"nothing parts the words before its {model['type']} model", ()
    form = _form_of_marks(normalizers, cutters)
    if form is None:
        return None, "its normaliser or pre-tokenizer is not one that is proved to part words at spaces", ()
    if reason := _merges_in_the_way(model):
        return None, reason, ()
    texts, reason = over_spaces([piece for piece in model["vocab"] if crosses_mark(piece)])
    if texts is None or (texts and any(step["type"] not in ("Prepend", "Replace") for step in normalizers)):
        return None, reason, ()
    return form, reason, texts


def added_token_in_the_way(added: Iterable[Part], normalizers: list[Part]) -> str:
    """Added tokens are looked for in the normalised text where ``normalized`` is set, so a line could hold
    one without showing it; normalisers that only mark spaces can't hide one, nor NFC a run of spaces."""
    kinds = {step["type"] for step in normalizers}
    if kinds <= {"Prepend", "Replace"}:
        return ""
    hidden = [token["content"] for token in added if token["normalized"]]
    if kinds <= {"NFC", "NFD"}:
        hidden = [content for content in hidden if content.strip(" ")]
    return f"the added token {hidden[0]!a} is looked for in normalised text" if hidden else ""


def _only_parts_words(step: Part) -> bool:
    """Whether a normaliser leaves words apart that a single space parts, whatever it does to spaces."""
    if step["type"] == "Precompiled":
        return not rewrites_space(base64.b64decode(step["precompiled_charsmap"] or ""))
    if step["type"] == "Replace":
        return step["content"] == " " and step["pattern"] in ({"Regex": " {2,}"}, {"Regex": r"\s+"})
    return step["type"] in _SPACEWISE


def _is_local(step: Part) -> bool:
    """Whether a pre-tokenizer's pieces on one side of a cut don't depend on the other side."""
    if step["type"] == "Split":
        whole = (step["behavior"], step["invert"]) in (("Isolated", False), ("Removed", True))
        return whole and is_local(step["pattern"].get("Regex", ""))
    return step["type"] in {"ByteLevel", "Digits", "Punctuation", *_DROPS_SPACES} or _cuts(step)


def _cuts(step: Part) -> bool:
    """Whether a pre-tokenizer begins a piece at every single space."""
    if step["type"] == "Split":
        return cuts_before_space(step["pattern"].get("Regex", ""))
    if step["type"] == "Metaspace":
        return bool(step["split"]) and step["replacement"] == MARK
    return (step["type"] == "ByteLevel" and step["use_regex"]) or step["type"] in _DROPS_SPACES


def _form_of_marks(normalizers: list[Part], cutters: list[Part]) -> WordForm | None:
    """The form where nothing is split and spaces become marks within one text (Llama, Gemma, Mistral)."""
    steps = [dict(step) for step in normalizers]
    prepends = {"type": "Prepend", "prepend": MARK}
    replaces = {"type": "Replace", "pattern": {"String": " "}, "content": MARK}
    never_splits = all(step["type"] == "Split" and step["pattern"] == {"String": " "} for step in cutters)
    if never_splits and steps == [replaces]:
        return "kept"
    if never_splits and steps == [prepends, replaces]:
        return "stripped"
    letterwise = all(step["type"] in _LETTERWISE for step in normalizers)
    only_marks = [step["type"] for step in cutters] == ["Metaspace"] and cutters[0]["replacement"] == MARK
    return "kept" if letterwise and only_marks else None


def _merges_in_the_way(model: Part) -> str:
    """Why BPE over a whole line could differ from BPE over its words; empty if it can't."""
    if model["ignore_merges"]:
        return "it takes a whole text that is a piece without merging"
    if model["continuing_subword_prefix"] or model["end_of_word_suffix"]:
        return "its pieces mark the start or end of a text"
    if MARK not in model["vocab"]:
        return "the word mark itself is unknown, so unknown words join"
    return ""
