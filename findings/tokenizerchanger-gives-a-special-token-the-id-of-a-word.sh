#!/usr/bin/env bash
# TokenizerChanger gives a special token the id of a word once a token is deleted
#
# Package:    tokenizerchanger 1.1.1 (edits the vocabulary and merges of fast tokenizers), on tokenizers 0.23.3 and
#             transformers 5.24.0.
# Expected:   delete_tokens takes one token away, all others keep their ids. Guessed before the run: the special token
#             keeps its id, as the ids of the words do, and the id of the deleted token is free.
# Seen:       the words keep their ids, but a special token that stands behind the model's vocabulary moves down by as
#             many ids as tokens were deleted: onto the last words. A word of that id decodes as the special token.
# Documented: no ("Delete tokens from the vocabulary and optionally delete affected merges").
# Matters:    to whoever trims a vocabulary: GPT-NeoX, Qwen and Llama 3 have their special tokens there. A model then
#             sees the end of a text in the middle of a sentence. Until it is mended: after deleting, number the
#             vocabulary anew without gaps, or compare the ids of special tokens with those of all others.
#
# Takes about a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    tokenizerchanger==1.1.1 tokenizers==0.23.3 transformers==5.24.0 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="before: китап 25, китапханәләр 56, <end> 57
without 'тел': китап 25, китапханәләр 56, <end> 56
[56] is decoded as '<end>'"

seen=$("$folder/venv/bin/python" -X utf8 - 2>/dev/null <<'END'
from TokenizerChanger import TokenizerChanger
from transformers import PreTrainedTokenizerFast

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

WORDS = """бала балалар балаларга китап китаплар китапханә китапханәләр шәһәр шәһәрләр мәктәп мәктәпләр мәктәптә
халык халыклар тел телләр телләре"""
made = Tokenizer(models.BPE())
made.pre_tokenizer = pre_tokenizers.Whitespace()
made.train_from_iterator([WORDS] * 5, trainers.BpeTrainer(vocab_size=120, show_progress=False))
made.add_special_tokens(["<end>"])


def ids(tokenizer: Tokenizer) -> str:
    return ", ".join(f"{token} {tokenizer.token_to_id(token)}" for token in ("китап", "китапханәләр", "<end>"))


print(f"before: {ids(made)}")
changer = TokenizerChanger(PreTrainedTokenizerFast(tokenizer_object=made))
changer.delete_tokens(["тел"])
changed = changer.updated_tokenizer().backend_tokenizer
print(f"without 'тел': {ids(changed)}")
word = changed.encode("китапханәләр").ids
print(f"{word} is decoded as {changed.decode(word, skip_special_tokens=False)!r}")
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
