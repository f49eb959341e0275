#!/usr/bin/env bash
# trafilatura takes the zero-width non-joiner out of Persian words, so that their parts run together
#
# Package:    trafilatura 2.3.1 (takes the text out of web pages; HPLT, FineWeb and others build corpora with it).
# Expected:   the text of a page as it is spelled. Guessed before the run: U+200C stays, as Persian and other
#             orthographies ask for it inside words; the soft hyphen U+00AD, which is no part of a word, goes.
# Seen:       both go: می‌خواهم comes out as میخواهم, کتاب‌ها as کتابها; what is not printable to Python, and no white
#             space, is removed from every text.
# Documented: no: of the output it is said that control characters are removed; U+200C is a format character (Cf).
# Matters:    a corpus made so has other words than the page and than dictionaries and tests, for Persian, Kurdish and
#             others; a tokenizer trained on it never sees the character. There is no option: the words can't be got
#             back but with a list of words.
#
# Takes about half a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml-html-clean==0.4.6 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="U+200C in the page 40, in the text 0
U+00AD in the page 20, in the text 0
می‌خواهم -> میخواهم
کتاب‌ها -> کتابها
so\u00adft -> soft"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END' 2>/dev/null
import trafilatura

words = ["می\u200cخواهم", "کتاب\u200cها", "so\u00adft"]
text = " ".join(words * 20)
found = trafilatura.extract(f"<html><body><p>{text}</p></body></html>")
for sign in "\u200c\u00ad":
    print(f"U+{ord(sign):04X} in the page {text.count(sign)}, in the text {found.count(sign)}")
for word, said in zip(words, found.split()):
    print(word.replace("\u00ad", r"\u00ad"), "->", said)
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
