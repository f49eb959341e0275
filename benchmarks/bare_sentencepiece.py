"""Bare SentencePiece models, with the library's own normalisation."""

from __future__ import annotations

from pathlib import Path

from benchmarks.bare import MARK, Bare, Span, char_spans, whole


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
