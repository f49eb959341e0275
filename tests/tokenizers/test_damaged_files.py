"""Tokenizer files that were cut or edited: refused where that can be told, or told beside the figures."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from sentencepiece import sentencepiece_model_pb2

from langcov.api import measure_tokenizers
from langcov.errors import UserError
from langcov.tokenizers import load
from tests.tokenizers.tiny import train_sentencepiece

RANKS = [*({bytes([byte]): byte for byte in range(256)}), b"th", b"the", b"\xd0\xba"]
LINES = {"tat": ["the кот th"] * 30}


def write(path: Path, data: bytes | str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def ranks(tokens: list[bytes], skipped: int = -1) -> bytes:
    rows = [b"%s %d\n" % (base64.b64encode(token), rank) for rank, token in enumerate(tokens)]
    return b"".join(row for rank, row in enumerate(rows) if rank != skipped)


def rwkv(tokens: list[bytes], skipped: int = -1) -> bytes:
    rows = [f"{rank} {token!r} {len(token)}\n" for rank, token in enumerate(tokens, 1)]
    return "".join(row for rank, row in enumerate(rows) if rank != skipped).encode()


@pytest.mark.parametrize("field", ["trainer_spec", "normalizer_spec"])
def test_a_sentencepiece_model_without_its_end_is_refused(tmp_path: Path, field: str) -> None:
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(train_sentencepiece(byte_fallback=True))
    proto.ClearField(field)
    path = write(tmp_path / "x.model", proto.SerializeToString())
    with pytest.raises(UserError, match=r"x\.model: not a SentencePiece model, or cut short"):
        load(f"spm:{path}")


def test_a_sentencepiece_model_cut_between_two_pieces_is_refused(tmp_path: Path) -> None:
    """Each piece is a message of its own, so what is left is a model to the library."""
    data = train_sentencepiece(byte_fallback=True)
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(data)
    sizes = [2 + piece.ByteSize() for piece in proto.pieces]
    for pieces in (len(sizes), len(sizes) - 5):
        with pytest.raises(UserError, match="or cut short"):
            load(f"spm:{write(tmp_path / 'x.model', data[: sum(sizes[:pieces])])}")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pattern", "null"),
        ("pattern", "7"),
        ("default_num_special_tokens", "1e999"),
        ("default_vocab_size", "1e999"),
        ("default_num_special_tokens", "1000000000"),
        ("default_num_special_tokens", "-1"),
        ("default_vocab_size", "1000000259"),
        ("default_vocab_size", "300"),  # more than there are
        ("token_bytes", '"!YQ=="'),  # passed over, it is another token
        ("token_bytes", '"YQ=="'),  # the same twice
        ("token_bytes", "7"),
        ("rank", "5.5"),
        ("rank", "1e999"),
        ("rank", '"5"'),
        ("rank", "5"),  # the same twice
    ],
)
def test_a_tekken_file_that_was_edited_is_refused(tmp_path: Path, key: str, value: str) -> None:
    vocab = [{"rank": at, "token_bytes": base64.b64encode(one).decode()} for at, one in enumerate(RANKS)]
    config = {"pattern": r"\S+| ", "default_vocab_size": 269, "default_num_special_tokens": 10}
    parts: dict[str, Any] = {"config": config, "vocab": vocab}
    assert load(f"tekken:{write(tmp_path / 'good.json', json.dumps(parts))}").tokenizer.vocabulary
    (config if key in config else vocab[-1])[key] = "HERE"
    path = write(tmp_path / "bad.json", json.dumps(parts).replace('"HERE"', value))
    with pytest.raises(UserError, match=r"bad\.json: (not a tekken file|damaged)") as caught:
        load(f"tekken:{path}")
    assert "\n" not in str(caught.value)


def test_a_token_twice_is_refused(tmp_path: Path) -> None:
    for spec, data in (
        (f"tiktoken:{tmp_path}/x.tiktoken?pattern=gpt2", ranks([*RANKS, b"th"])),
        (f"rwkv:{tmp_path}/x.txt", rwkv([*RANKS, b"th"])),
    ):
        path = write(Path(spec.partition(":")[2].partition("?")[0]), data)
        with pytest.raises(UserError, match=rf"{path.name}:260: not a line of .*, or a token again"):
            load(spec)


def test_an_id_twice_in_a_tokenizer_json_is_refused(tmp_path: Path) -> None:
    model = {"type": "BPE", "vocab": {"а": 0, "б": 1, "в": 1}, "merges": []}
    path = write(
        tmp_path / "tokenizer.json", json.dumps({"version": "1.0", "added_tokens": [], "model": model})
    )
    with pytest.raises(UserError, match="two tokens have the same id"):
        load(f"hf:{path}")


@pytest.mark.parametrize(
    ("name", "config", "skipped", "said"),
    [
        ("x", {}, -1, None),
        ("x", {"vocab_size": 1200}, -1, None),
        ("x", {"vocab_size": 5000}, -1, "it has 259 tokens, the config.json beside it says 5000"),
        ("x", {"vocab_size": "many"}, -1, None),
        ("x", {}, 257, "1 id below its last without a token"),
        ("gpt2.tiktoken", {}, -1, "it is called as the published gpt2.tiktoken, which has another sha256"),
        ("rwkv_vocab_v20230424.txt", {}, -1, "it is called as the published rwkv_vocab_v20230424.txt, which"),
    ],
)
def test_what_speaks_against_a_file_is_told(
    tmp_path: Path, name: str, config: dict[str, Any], skipped: int, said: str | None
) -> None:
    write(tmp_path / "config.json", json.dumps(config))
    path = tmp_path / name
    for spec, data, other in (
        (f"tiktoken:{path}?pattern=gpt2", ranks(RANKS, skipped), ".txt"),
        (f"rwkv:{path}", rwkv(RANKS, skipped), ".tiktoken"),
    ):
        if name.endswith(other):
            continue
        write(path, data)
        [row] = measure_tokenizers([spec], [LINES], hygiene=False).systems
        assert (row["notice"] is None) == (said is None)
        if said:
            assert row["notice"].startswith("the file may be cut short or edited: ")
            assert said in row["notice"]


def test_published_files_have_no_notice(shared: Path) -> None:
    for name in ("gpt2.tiktoken", "cl100k_base.tiktoken"):
        assert load(f"tiktoken:{shared}/tokenizers/{name}").tokenizer.notice == ""  # type: ignore[attr-defined]
