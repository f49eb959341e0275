#!/usr/bin/env bash
# splintr's encode_ordinary and encode_batch put the end token of T5 and the frame of BERT around every text
#
# Package:    splintr-rs 0.22.0 (reads tokenizer.json and gives ids, many times as fast), beside tokenizers 0.23.3.
# Expected:   encode_ordinary gives what tokenizers gives with add_special_tokens=False, as tiktoken's method of that name
#             never gives a special token. Guessed before the run: the same ids.
# Seen:       one token more a text with the template of T5 ("$A </s>"), two more with that of BERT ("[CLS] $A [SEP]");
#             the batch methods too, encode_batch_flat among them. encode_raw alone gives the text's own ids, and it takes
#             one text at a time. Ordinary is about texts that spell a special token, not about the template.
# Documented: of encode_ordinary it is said that no special token is matched in the text, of encode_raw "content tokens
#             only"; that the one adds the template is not said beside it, nor of the batch methods.
# Matters:    to whoever counts tokens a word or a line: a word of one token has two or three, and fertility of short texts
#             is far too high (кыш яз көз, word by word: 2.0 and 3.0 instead of 1.0). Until then: encode_raw, or take
#             "post_processor" out of the file before it is loaded.
#
# Takes about half a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check splintr-rs==0.22.0 tokenizers==0.23.3 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="Unigram: [3, 4] by tokenizers without special tokens, [3, 4, 1] with
  encode_ordinary: [3, 4, 1]
  encode_raw: [3, 4]
  encode: [3, 4, 1]
  encode_batch: [[3, 4, 1], [6, 1]]
WordPiece: [3, 4] by tokenizers without special tokens, [1, 3, 4, 2] with
  encode_ordinary: [1, 3, 4, 2]
  encode_raw: [3, 4]
  encode: [1, 3, 4, 2]
  encode_batch: [[1, 3, 4, 2], [1, 6, 2]]"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END'
import splintr
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

words = "кыш яз җәй көз".split()


def made(model, cutter, template, specials, decoder):
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer, tokenizer.decoder = cutter, decoder
    tokenizer.add_special_tokens(specials)
    pairs = [(token, tokenizer.token_to_id(token)) for token in specials]
    tokenizer.post_processor = processors.TemplateProcessing(single=template, special_tokens=pairs)
    return tokenizer


scores = [("<unk>", 0.0), ("</s>", 0.0), ("▁", -5.0), *((f"▁{word}", -2.0) for word in words)]
unigram = made(
    models.Unigram(scores, 0), pre_tokenizers.Metaspace(), "$A </s>", ["</s>"], decoders.Metaspace()
)
pieces = {piece: n for n, piece in enumerate(["[UNK]", "[CLS]", "[SEP]", *words])}
wordpiece = made(
    models.WordPiece(pieces, unk_token="[UNK]"), pre_tokenizers.BertPreTokenizer(), "[CLS] $A [SEP]",
    ["[CLS]", "[SEP]"], decoders.WordPiece(),
)
for name, tokenizer in (("Unigram", unigram), ("WordPiece", wordpiece)):
    loaded = splintr.from_json_bytes(tokenizer.to_str().encode())
    bare = tokenizer.encode("кыш яз", add_special_tokens=False).ids
    print(f"{name}: {bare} by tokenizers without special tokens, {tokenizer.encode('кыш яз').ids} with")
    for method in ("encode_ordinary", "encode_raw", "encode"):
        print(f"  {method}: {getattr(loaded, method)('кыш яз')}")
    print(f"  encode_batch: {loaded.encode_batch(['кыш яз', 'көз'])}")
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
