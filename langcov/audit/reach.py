"""Which pieces of a vocabulary a text can have, and what keeps the others from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from langcov.audit.contexts import CONTEXTS, SAMPLED, completions, forms, is_sound
from langcov.core.arrays import Bools
from langcov.text.strings import Strings
from langcov.tokenizers.parts import Parts
from langcov.tokenizers.protocol import Encoded, Tokenizer

CAUSES = {
    "bytes": "no UTF-8 text holds its bytes",
    "twin": "another piece that spells the same is taken",
    "normaliser": "the normaliser writes its text otherwise",
    "added": "an added token takes its text, or some of it",
    "own": "every character with this byte is a piece, or written otherwise",
    "pair": "no two pieces join to it",
    "order": "other merges come first and take its parts",
    "beside": "other merges come first beside whatever completes its characters",
    "score": "other pieces of its text score higher",
    "pattern": "the pre-tokenizer cuts its text, whatever was tried beside it",
    "unused": "the model marks it as not in use",
    "unknown": "it came of no text that was tried",
}
"""Why a piece is not reached: ``pattern`` as far as contexts were tried, ``unknown`` for no reason known, the
others for certain."""
BATCH = 1 << 16
_INNER = bytes(range(0x80, 0xC0))  # bytes that no character begins with


@dataclass(frozen=True, eq=False)
class Reach:
    """What is known of each id.

    Attributes:
        asked: pieces that text might have by what the file says, special tokens left out, bool [size].
        alone: its own text is this one token, bool [size].
        reached: some text has it, bool [size].
        whole: merges don't make it: it is only taken as a whole word, bool [size].
        causes: why a piece that was asked about is not reached, by id.
    """

    asked: Bools
    alone: Bools
    reached: Bools
    whole: Bools
    causes: dict[int, str]


class Search:
    """The search for a text that has each piece.

    Args:
        tokenizer: of the library itself.
        parts: what it is made of.
        asked: the pieces to look for, bool [size].
        seen: those that some text is known to have, bool [size].
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        parts: Parts,
        asked: Bools,
        seen: Bools,
    ) -> None:
        self._tokenizer, self._parts = tokenizer, parts
        self._asked, self._seen = asked, seen.copy()
        self._alone = np.zeros(len(asked), bool)
        pieces = dict(zip(np.flatnonzero(asked).tolist(), parts.texts[asked].to_bytes()))
        self._texts = {at: text for at, piece in pieces.items() if (text := _text(piece)) is not None}
        self._broken = {at: piece for at, piece in pieces.items() if at not in self._texts}

    def run(self) -> Reach:
        """Try all texts, and find the cause of what is left."""
        self._try_alone()
        for left, right in CONTEXTS[1:]:
            left_over = self._left(self._texts)
            self._encode([left + form + right for at in left_over for form in forms(self._texts[at])])
        for most in SAMPLED:
            for at in self._left(self._broken):
                self._encode(completions(self._broken[at], most))
        made = self._made()
        reached = self._seen & self._asked
        missing = np.flatnonzero(self._asked & ~reached)
        causes = dict(zip(missing.tolist(), self._causes(missing.tolist(), made)))
        whole = reached & ~made if self._parts.merges is not None and self._parts.whole else reached & False
        return Reach(self._asked, self._alone, reached, whole, causes)

    def _left(self, among: Iterable[int]) -> list[int]:
        return [at for at in among if not self._seen[at]]

    def _encode(self, texts: list[str]) -> list[Encoded]:
        """Encode texts and note what came of them."""
        found = []
        for start in range(0, len(texts), BATCH):
            some = texts[start : start + BATCH]
            encoded = self._tokenizer.encode(some)
            self._seen[encoded.ids] = True
            found.append(encoded)
        return found

    def _try_alone(self) -> None:
        rows = [(at, form) for at, text in self._texts.items() for form in forms(text)]
        ids = np.array([at for at, _ in rows], np.int64)
        done = 0
        for encoded in self._encode([form for _, form in rows]):
            one = np.flatnonzero(encoded.counts == 1)
            mine = ids[done + one]
            self._alone[mine[encoded.ids[encoded.starts[one]] == mine]] = True
            done += len(encoded.counts)

    def _made(self) -> Bools:
        """The pieces that merges alone make of their own text; all, where there are none to ask."""
        made, merges = np.ones(len(self._asked), bool), self._parts.merges
        if merges is None:
            return made
        which = np.array([*self._texts, *(self._broken if merges.of_bytes else ())], np.int64)
        encoded = merges.parts(self._parts.texts[which])
        one = encoded.counts == 1
        made[which[~one]] = False
        made[which[one]] = encoded.ids[encoded.starts[:-1][one]] == which[one]
        return made

    def _causes(self, missing: list[int], made: Bools) -> list[str]:
        return [
            self._of_broken(at, bool(made[at])) if at in self._broken else self._of_text(at, bool(made[at]))
            for at in missing
        ]

    def _of_broken(self, at: int, made: bool) -> str:
        """Of a piece that is no text, so that no word is taken as it: what merges don't make is nowhere."""
        piece, merges = self._broken[at], self._parts.merges
        found = completions(piece, SAMPLED[-1] + 1)
        if not found:
            return "bytes"
        if merges is None or not merges.of_bytes:  # a byte for want of a piece
            return "own" if len(found) <= SAMPLED[-1] else "unknown"
        if not made:
            return self._of_merges(at)
        return "unknown" if self._is_kept(at, piece) else "beside"

    def _is_kept(self, at: int, piece: bytes) -> bool:
        """Whether merging leaves it next to some piece, on each side where it cuts a character.

        Merging leaves of some neighbours in a text what it leaves of them alone: what is kept beside no piece
        is in no text.
        """
        others = list(self._broken.values())
        whole = piece.lstrip(_INNER)
        before = len(whole) == len(piece) or self._keeps(at, 1, [one + piece for one in others])
        return before and (_text(whole) is not None or self._keeps(at, 0, [piece + one for one in others]))

    def _keeps(self, at: int, place: int, texts: list[bytes]) -> bool:
        assert self._parts.merges is not None
        found = self._parts.merges.parts(Strings.of([text for text in texts if is_sound(text)]))
        two = found.starts[:-1][found.counts == 2]
        return bool((found.ids[two + place] == at).any())

    def _of_merges(self, at: int) -> str:
        merges = self._parts.merges
        assert merges is not None
        return "order" if (merges.result == at).any() else "pair"

    def _of_text(self, at: int, made: bool) -> str:
        parts, text = self._parts, self._texts[at]
        both = forms(text)
        if parts.model != "wordpiece" and any(
            self._seen[other] for other in self._alike[text] if other != at
        ):
            return "twin"
        if parts.normalise is not None and not any(text in f" {parts.normalise(form)}" for form in both):
            return "normaliser"
        if any(one in text for one in parts.added):
            return "added"
        if not made and not parts.whole:
            return self._of_merges(at)
        if parts.cut is not None and all(_is_cut(form, parts.cut) for form in both):
            return "pattern"
        return "score" if parts.model == "unigram" else "unknown"

    @cached_property
    def _alike(self) -> dict[str, list[int]]:
        """The pieces that spell each text."""
        found: dict[str, list[int]] = {}
        for at, text in self._texts.items():
            found.setdefault(text, []).append(at)
        return found


def _is_cut(text: str, cut: Callable[[str], list[int]]) -> bool:
    """Whether a text is cut, or has a cut at both sides inside a word."""
    places = cut(f"q{text}q")
    return any(cut(text)) or (1 in places and 1 + len(text) in places)


def _text(piece: bytes) -> str | None:
    try:
        return piece.decode()
    except UnicodeDecodeError:
        return None
