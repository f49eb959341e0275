#!/usr/bin/env bash
# datatrove's C4 filter drops lines that end with a closing quotation mark, unless it is the straight one
#
# Package:    datatrove 0.10.1 (filters of web text for language models; C4QualityFilter is in the FineWeb pipeline).
# Expected:   the paper on C4 keeps lines that end "in a terminal punctuation mark (i.e. a period, exclamation mark,
#             question mark, or end quotation mark)". Guessed before the run: » ” “ end a line as " does; the ellipsis
#             … as three full stops do, which the filter drops on purpose.
# Seen:       of quotation marks only " and ' end a line: a line that ends .» or .” or .“ is taken out of the document,
#             the same line with " stays, and so does ». with the full stop outside. … is dropped as ... is.
# Documented: no: the docstring says 'a terminal punctuation mark (! . " ?)'.
# Matters:    Russian, Tatar, Bashkir, Ukrainian, French set speech in « » or „ “: such lines go, and a document whose
#             lines are speech falls under the five sentences. Until it is mended: filter_no_terminal_punct=False, as
#             FineWeb has it, or put the marks as " first.
#
# Takes about a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    datatrove==0.10.1 regex==2026.11.19 nltk==3.10.4 tldextract==5.4.0 pyyaml==6.0.4 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded='kept    Береги честь смолоду.
kept    Сказано: "Береги честь смолоду."
dropped Сказано: «Береги честь смолоду.»
dropped Сказано: „Береги честь смолоду.“
dropped Сказано: “Береги честь смолоду.”
kept    Сказано: «Береги честь смолоду».
dropped Береги честь смолоду…
dropped Береги честь смолоду...'

seen=$("$folder/venv/bin/python" -X utf8 - <<'END' 2>/dev/null
from datatrove.data import Document
from datatrove.pipeline.filters import C4QualityFilter

words = "Береги честь смолоду"  # Pushkin, The Captain's Daughter
lines = [f"{words}."]
lines += [f"Сказано: {left}{words}.{right}" for left, right in ('""', "«»", "„“", "“”")]
lines += [f"Сказано: «{words}».", f"{words}…", f"{words}..."]
c4 = C4QualityFilter(min_num_sentences=-1)
for line in lines:
    document = Document(line, "")
    c4.filter(document)
    print("kept   " if document.text else "dropped", line)
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
