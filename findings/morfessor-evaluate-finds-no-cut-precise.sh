#!/usr/bin/env bash
# morfessor's evaluation gives words that are never cut a precision of 1, and counts words of one letter as wrong
#
# Package:    Morfessor 2.0.6 (learns and evaluates morphological segmentation; morfessor-evaluate, MorfessorEvaluation).
# Expected:   precision of a segmentation without any cut undefined or 0, as there is no cut that could be right; words of
#             one letter without influence. Guessed before the run: an error or 0.
# Seen:       a word that isn't cut has precision 1, one that has no boundary in the gold list has recall 1, and both
#             are averaged over words. So whole words get precision 1 and, of a list in which three of five words have one
#             morpheme, recall 0.6 and F 0.75; a segmentation with one cut too many gets less. A word of one letter is left
#             out of the sums but counted among the words, so that a perfect segmentation of "а" and "гуртын" has F 0.5.
# Documented: the docstrings say "precision and recall" only.
# Matters:    lists of analysers hold mostly words of one morpheme (1,871 boundaries in 3,021 Mari words): a tokenizer that
#             leaves words alone wins. Until it is mended: precision and recall of all boundaries together, words of
#             one letter taken out, and beside them what whole words have.
#
# Takes a few seconds. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check Morfessor==2.0.6 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded="gold itself: precision 1.00, recall 1.00, F 1.00
whole words: precision 1.00, recall 0.60, F 0.75
one cut too many in each: precision 0.20, recall 1.00, F 0.33
gold itself, with a word of one letter: precision 0.50, recall 0.50, F 0.50"

seen=$("$folder/venv/bin/python" -X utf8 - <<'END'
from morfessor.evaluation import EvaluationConfig, MorfessorEvaluation

gold = [("гурт", "ын"), ("кыл", "ъёс"), ("пинал",), ("адями",), ("агай",)]


def told(name, segmentations, reference):
    evaluation = MorfessorEvaluation({"".join(one): [one] for one in reference})
    result = evaluation.evaluate_segmentation(
        [(1, list(one)) for one in segmentations], EvaluationConfig(1, len(reference))
    )
    precision, recall, f = result.precision[0], result.recall[0], result.fscore[0]
    print(f"{name}: precision {precision:.2f}, recall {recall:.2f}, F {f:.2f}")


told("gold itself", gold, gold)
told("whole words", [("".join(one),) for one in gold], gold)
told("one cut too many in each", [(one[0][0], one[0][1:], *one[1:]) for one in gold], gold)
told("gold itself, with a word of one letter", [("а",), gold[0]], [("а",), gold[0]])
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
