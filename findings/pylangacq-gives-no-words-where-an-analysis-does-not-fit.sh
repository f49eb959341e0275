#!/usr/bin/env bash
# pylangacq, told not to be strict, gives no words at all for an utterance whose %mor line doesn't fit it
#
# Package:    pylangacq 0.23.0 (reads CHAT transcripts, as CHILDES and TalkBank keep them).
# Expected:   with strict=False the words of the main line, without analyses where those don't fit. Guessed before the
#             run: so, as the words stand on another line, which is right.
# Seen:       words() is an empty list for that utterance, so the text is shorter than the transcript; of the utterances
#             around it nothing is missing. There is a warning, not an error. Without the %mor lines all words are there.
# Documented: in the error that strict=True raises ("parse with empty tokens for misaligned utterances"): somebody who
#             only wants the text, and puts strict=False to get rid of analyses, hardly takes "tokens" for the words.
# Matters:    word counts, type/token ratios and corpora of speech lose whole utterances just where somebody corrected the
#             main line by hand and not the analysis. To get the text: take the lines that begin with % out before.
#
# Takes about ten seconds. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check pylangacq==0.23.0 rustling==0.9.0 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="as it is: [[], ['юл', '.']]
without %mor: [['ак', 'барс', '.'], ['юл', '.']]"

seen=$("$folder/venv/bin/python" -X utf8 -W ignore - <<'END'
import re

from pylangacq import CHAT

transcript = """@UTF8
@Begin
@Languages:\ttat
@Participants:\tMOT Mother
@ID:\ttat|x|MOT|||||Mother|||
*MOT:\tак барс .
%mor:\tadj|ак .
*MOT:\tюл .
%mor:\tn|юл .
@End
"""
print("as it is:", CHAT.from_strs([transcript], strict=False).words(by_utterance=True))
without = re.sub(r"%.*\n", "", transcript)
print("without %mor:", CHAT.from_strs([without]).words(by_utterance=True))
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
