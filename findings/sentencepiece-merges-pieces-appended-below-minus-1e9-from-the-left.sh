#!/usr/bin/env bash
# SentencePiece merges pieces that are appended below a lowest score of -1e9 from the left, not in their order
#
# Package:    sentencepiece 0.2.3 with protobuf 7.36.1.
# Expected:   pieces are added to a BPE model as guides do it, each with a score one lower than the last; the first of
#             them is merged first. Guessed before the run: the lowest score of a model makes no difference to that.
# Seen:       so it is where the lowest score is that of a trained model (-23). Where it is -1e9, as in the published
#             model of Mistral 7B v0.1, the scores of all new pieces are -1e9 again, as a score is a float32, whose next
#             number there is 64 away: the leftmost pair is merged, and a word is cut otherwise. Nothing warns.
# Documented: no (scores are said to be floats; how pieces are added, not what their scores must tell apart).
# Matters:    to whoever extends such a model for a language: what was computed of the new pieces is not what the model
#             does. Let scores fall by the next float32 (numpy.nextafter) instead of by one.
#
# Takes about half a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check sentencepiece==0.2.3 protobuf==7.36.1 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="lowest -23: әр -24, лә -25, cut: ▁б л әр
lowest -1e+09: әр -1e+09, лә -1e+09, cut: ▁б лә р"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END'
import io

from sentencepiece import SentencePieceProcessor, SentencePieceTrainer
from sentencepiece.sentencepiece_model_pb2 import ModelProto

written = io.BytesIO()
SentencePieceTrainer.train(
    sentence_iterator=iter(["тел бала л ә р"] * 20),
    model_writer=written,
    model_type="bpe",
    vocab_size=40,
    hard_vocab_limit=False,
    minloglevel=9,
)


def shown(lowest: float | None) -> str:
    model = ModelProto.FromString(written.getvalue())
    last = min(model.pieces, key=lambda piece: piece.score)
    last.score = last.score if lowest is None else lowest
    for number, piece in enumerate(("әр", "лә"), 1):
        model.pieces.add(piece=piece, score=last.score - number)
    extended = SentencePieceProcessor(model_proto=model.SerializeToString())
    scores = ", ".join(f"{one} {extended.get_score(extended.piece_to_id(one)):g}" for one in ("әр", "лә"))
    return f"lowest {last.score:g}: {scores}, cut: {' '.join(extended.encode('бләр', out_type=str))}"


print(shown(None))
print(shown(-1e9))
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
