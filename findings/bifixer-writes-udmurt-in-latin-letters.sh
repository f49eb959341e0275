#!/usr/bin/env bash
# monofixer turns the look-alike letters of Udmurt, Mari, Erzya, Sakha and Tuvan text into Latin ones
#
# Package:    bifixer 0.8.12 (its command monofixer, which cleans monolingual web corpora).
# Expected:   text that is right stays as it is. Guessed before the run: Cyrillic stays for Slavic languages, and
#             Tatar, Bashkir, Chuvash and Chechen become Latin.
# Seen:       those four are on bifixer's list of languages with a Cyrillic alphabet, and stay. No language of Russia
#             that lacks a code of two letters is on it, and they get Latin letters for а в г е к м н о р с т у х ь һ
#             ӓ Ӏ and others: "удмурт кыл" comes back as "yдMypT kыл", mixed with what has no look-alike. So does
#             Tatar under its other code, tat. Nothing warns.
# Documented: the README says that characters of wrong alphabets are replaced by the right ones, and asks for a code
#             of two letters; not what happens to languages that have none, nor which alphabets are known.
# Matters:    words of two scripts can't be searched, counted or cut by a tokenizer as words of the language. Until
#             the list is longer: --ignore_characters, or the code of a listed neighbour (ru, kv, tt).
#
# The input is names of languages in these languages. Takes about half a minute. Exits with 1 if this changed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps \
    bifixer==0.8.12 ftfy==6.3.1 wcwidth==0.9.4 regex==2026.11.19 xxhash==4.1.0 Unidecode==1.4.0 \
    nltk==3.10.4 click==8.5.1 joblib==1.6.0 tqdm==4.70.1 defusedxml==0.7.1 ||
    { echo "the packages can't be installed here: nothing was tried"; exit 2; }

recorded='udm: удмурт кыл -> yдMypT kыл, 6 Latin letters
mhr: марий йылме -> Mapий йылMe, 5 Latin letters
myv: эрзянь кель -> эpзяHb keлb, 6 Latin letters
sah: саха тыла -> caxa Tылa, 6 Latin letters
tyv: тыва дыл -> TыBa дыл, 3 Latin letters
tat: татар теле -> TaTap Teлe, 8 Latin letters
tt: татар теле -> татар теле, 0 Latin letters
kv: коми кыв -> коми кыв, 0 Latin letters'

seen=$(
    cd "$folder"
    while IFS=: read -r code text; do
        printf 'x\t%s\n' "$text" > in.tsv
        venv/bin/monofixer --quiet --ignore_duplicates --ignore_segmentation in.tsv out.tsv "$code"
        printf '%s\t%s\t%s\n' "$code" "$text" "$(cut -f 2 out.tsv)"
    done <<'END' | venv/bin/python -X utf8 -c '
import sys, unicodedata
for line in sys.stdin:
    code, text, fixed = line.rstrip("\n").split("\t")
    latin = sum(unicodedata.name(letter).startswith("LATIN") for letter in fixed)
    print(f"{code}: {text} -> {fixed}, {latin} Latin letters")'
udm:удмурт кыл
mhr:марий йылме
myv:эрзянь кель
sah:саха тыла
tyv:тыва дыл
tat:татар теле
tt:татар теле
kv:коми кыв
END
)

echo "$seen"
diff <(echo "$recorded") <(echo "$seen") || { echo "this is not what was seen before"; exit 1; }
