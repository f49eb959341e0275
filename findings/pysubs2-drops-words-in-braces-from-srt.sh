#!/usr/bin/env bash
# pysubs2 takes all that stands in braces in an .srt for commands of .ass: words are lost, also when it is saved again
#
# Package:    pysubs2 1.8.1 (reads and writes subtitles; used to get text out of them).
# Expected:   SubRip knows no braces, and players know {\an8} and the like, which begin with a backslash. Guessed before
#             the run: these go, {көлә} ("laughs") stays as text, and surely so in a file that is saved again.
# Seen:       {көлә} is not in .plaintext, and not in the .srt that is saved again either; angle brackets around a word
#             that is no tag (<өч>) stay.
# Documented: in part: keep_ssa_tags=True keeps SubStation tags when an .srt is written, and then the word too; nothing
#             says that braces with no backslash are taken for such tags, and .plaintext has no such option.
# Matters:    subtitles for the deaf have such notes, some in braces; a count of words, and worse, a file that somebody
#             only wanted to shift in time, is without them. To keep them: read with the package srt, and take out only
#             braces that begin with a backslash.
#
# Takes about ten seconds. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pysubs2==1.8.1 srt==3.5.3 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="pysubs2: ' кил <өч>'
saved: 'кил <өч>'
srt: '{\\\\an8}{көлә} кил <өч>'"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END'
import pysubs2
import srt

subtitle = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}{көлә} кил <өч>\n"
read = pysubs2.SSAFile.from_string(subtitle)
print("pysubs2:", repr(read[0].plaintext))
print("saved:", repr(read.to_string("srt").splitlines()[2]))
print("srt:", repr(next(srt.parse(subtitle)).content))
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
