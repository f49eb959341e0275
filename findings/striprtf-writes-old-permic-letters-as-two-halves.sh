#!/usr/bin/env bash
# striprtf gives a letter beyond U+FFFF as two lone surrogates, so that the text can't be written as UTF-8
#
# Package:    striprtf 0.0.35 (the usual way from .rtf to text in pipelines that read documents).
# Expected:   one letter. RTF writes such a letter as two \u, the halves that UTF-16 has of it, as Word does. Guessed
#             before the run: two lone surrogates, as each \u is likely handed to chr() alone; and that nobody noticed,
#             as only emoji and old scripts are there.
# Seen:       two lone surrogates: len() is 2 for each letter of Old Permic, the script that Komi was first written
#             in, and .encode() raises UnicodeEncodeError. The guess was right.
# Documented: no: neither in the README (its errors="ignore" is for code pages) nor in the issues that were looked through.
# Matters:    a whole .rtf of a Komi grammar with one Old Permic letter, or of a chat with an emoji, can't be saved; with
#             errors="replace" or "surrogatepass" it is saved with two wrong characters. What to do:
#             text.encode("utf-16-le", "surrogatepass").decode("utf-16-le").
#
# Takes about ten seconds. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check striprtf==0.0.35 ||
    { echo "the package can't be installed here: nothing was tried"; exit 2; }

recorded="U+0430: 1 character(s), 0430: can be written
U+10350: 2 character(s), D800 DF50: UnicodeEncodeError
U+10352: 2 character(s), D800 DF52: UnicodeEncodeError
joined: U+10350"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END'
import struct

from striprtf.striprtf import rtf_to_text


def rtf(letter):
    halves = struct.unpack(f"<{len(letter.encode('utf-16-le')) // 2}h", letter.encode("utf-16-le"))
    return r"{\rtf1\ansi\uc1 %s}" % "".join(rf"\u{half}?" for half in halves)


for letter in "а\U00010350\U00010352":
    text = rtf_to_text(rtf(letter))
    try:
        text.encode()
        end = "can be written"
    except UnicodeEncodeError as error:
        end = type(error).__name__
    points = " ".join(f"{ord(one):04X}" for one in text)
    print(f"U+{ord(letter):04X}: {len(text)} character(s), {points}: {end}")
text = rtf_to_text(rtf("\U00010350")).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
print(f"joined: U+{ord(text):04X}")
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
