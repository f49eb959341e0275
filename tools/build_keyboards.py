"""Makes ``keyboards.tsv``: by which key a layout of xkeyboard-config types a letter.

Layouts are compiled by libxkbcommon, so that what they include is theirs. Of a language the layouts that
xkeyboard-config gives it are listed; where it gives none, those that type each letter of the alphabet.

Run it as ``python tools/build_keyboards.py`` where Debian's packages ``xkb-data`` and ``libxkbcommon0`` are.
"""

from __future__ import annotations

import ctypes
import gettext
import subprocess
import sys
from collections.abc import Iterator
from ctypes import byref, c_char_p, c_uint32, c_void_p
from pathlib import Path
from xml.etree import ElementTree

from langcov.languages import BASES, Language, all_languages, alphabet, orthographies
from langcov.report.languages.letters import SOURCE

OURS = Path(__file__).resolve().parents[1] / "langcov/data/keyboards.tsv"
RULES = [Path("/usr/share/X11/xkb/rules") / name for name in ("evdev.xml", "evdev.extras.xml")]
HEADS = ("id", "layout", "name", "name_ru", "letter", "key", "us", "ru", "mods")
MOST = 3  # layouts of a language that has none of its own
Keys = dict[str, tuple[str, str]]  # by character: the key's name and the modifiers

xkb = ctypes.CDLL("libxkbcommon.so.0")
for function in ("xkb_context_new", "xkb_keymap_new_from_names"):
    getattr(xkb, function).restype = c_void_p
xkb.xkb_keymap_key_get_name.restype = xkb.xkb_keymap_mod_get_name.restype = c_char_p
RUSSIAN = gettext.translation("xkeyboard-config", "/usr/share/locale", ["ru"])
CONTEXT = c_void_p(xkb.xkb_context_new(0))


class Names(ctypes.Structure):
    """``xkb_rule_names``."""

    _fields_ = [(name, c_char_p) for name in ("rules", "model", "layout", "variant", "options")]


def layouts() -> Iterator[tuple[str, tuple[str, str], str, list[str]]]:
    """Id, layout and variant, name, and ISO 639 codes of its languages (the layout's where it says none)."""
    for layout in (one for path in RULES for one in ElementTree.parse(path).iter("layout")):
        first = ""
        for item in layout.iter("configItem"):  # the layout's own, then those of its variants
            name = item.findtext("name") or ""
            codes = [code.text or "" for code in item.iter("iso639Id")]
            if not first:
                first, shared = name, codes
                yield name, (name, ""), item.findtext("description") or "", codes
            else:
                yield f"{first}({name})", (first, name), item.findtext("description") or "", codes or shared


def keys_of(layout: str, variant: str) -> Keys:
    """The key of each character, that with the fewest modifiers."""
    names = Names(b"evdev", b"pc105", layout.encode(), variant.encode(), b"")
    keymap = c_void_p(xkb.xkb_keymap_new_from_names(CONTEXT, byref(names), 0))
    if not keymap:  # ``custom`` is the user's own
        return {}
    found: dict[str, tuple[int, str, str]] = {}
    for code in range(xkb.xkb_keymap_min_keycode(keymap), xkb.xkb_keymap_max_keycode(keymap) + 1):
        name = (xkb.xkb_keymap_key_get_name(keymap, code) or b"").decode()
        for level in range(xkb.xkb_keymap_num_levels_for_key(keymap, code, 0)):
            character = character_of(keymap, code, level)
            if character:
                rank, mods = modifiers(keymap, code, level)
                found[character] = min(found.get(character, (99, "", "")), (rank, name, mods))
    xkb.xkb_keymap_unref(keymap)
    return {character: (name, mods) for character, (_rank, name, mods) in found.items()}


def character_of(keymap: c_void_p, code: int, level: int) -> str:
    """What a key types on a level, empty if no character."""
    symbols = ctypes.POINTER(c_uint32)()
    count = xkb.xkb_keymap_key_get_syms_by_level(keymap, code, 0, level, byref(symbols))
    point = xkb.xkb_keysym_to_utf32(symbols[0]) if count == 1 else 0
    return chr(point) if point > 0x20 else ""


def modifiers(keymap: c_void_p, code: int, level: int) -> tuple[int, str]:
    """How many keys must be held for a level, and which."""
    masks = (c_uint32 * 16)()
    count = xkb.xkb_keymap_key_get_mods_for_level(keymap, code, 0, level, masks, 16)
    shown = {"Shift": "Shift", "Mod5": "AltGr", "Mod3": "Level5", "Lock": "Caps Lock"}
    ways = []
    for mask in masks[:count]:
        names = [xkb.xkb_keymap_mod_get_name(keymap, bit).decode() for bit in range(32) if mask >> bit & 1]
        ways.append((len(names), "+".join(shown.get(name, name) for name in names)))
    return min(ways, default=(0, ""))


def letters_of(language: Language) -> list[str]:
    """The letters of all its orthographies beyond the Russian ones and a-z, in lower case."""
    known = {*"".join(BASES.values()), "(none)"}
    letters = (letter for one in orthographies(language) for letter in one.facts["letters"].split())
    return [letter for letter in dict.fromkeys(letters) if letter not in known]


def key_of(keys: Keys, letter: str) -> tuple[str, str] | None:
    """The key and modifiers of a letter; of the palochka in either case."""
    return keys.get(letter) or (keys.get("\u04c0") if letter == "\u04cf" else None)


def rows(language: Language, every: list[tuple[str, str, list[str], Keys]]) -> Iterator[list[str]]:
    """Layouts with the key of each letter, those first that type most; or letters that none types."""
    letters, whole = letters_of(language), alphabet(language)
    codes = {language.iso639_3, language.macrolanguage}
    typed = [sum(key_of(keys, letter) is not None for letter in letters) for *_, keys in every]
    own = [one for one, count in zip(every, typed) if codes & set(one[2]) and count]
    own.sort(key=lambda one: -sum(key_of(one[3], letter) is not None for letter in letters))
    able = [one for one in every if whole and letters and all(key_of(one[3], letter) for letter in whole)]
    for id, name, _codes, keys in (own or able)[:MOST]:
        for letter in letters:
            yield [id, name, RUSSIAN.gettext(name), letter, *(key_of(keys, letter) or ("", ""))]
    if not own and not able:
        nowhere = [letter for letter in letters if not any(key_of(keys, letter) for *_, keys in every)]
        yield from (["", "", "", letter, "", ""] for letter in nowhere or [""] if letters)


def version_of(package: str) -> str:
    """The upstream version of a package of Debian."""
    query = ["dpkg-query", "-W", "-f", "${source:Upstream-Version}", package]
    return subprocess.check_output(query, text=True)


def main() -> None:
    version = f"xkeyboard-config {version_of('xkb-data')}"
    if version != SOURCE:
        sys.exit(f"here is {version}, but the page names {SOURCE}")
    every = [(id, name, codes, keys_of(*parts)) for id, parts, name, codes in layouts()]
    legends: list[dict[str, str]] = []
    for layout in "us", "ru":
        plain = {key: char for char, (key, mods) in keys_of(layout, "").items() if not mods}
        legends.append(plain)
    lines = ["\t".join(HEADS)]
    for language in all_languages():
        for *row, key, mods in rows(language, every):
            marks = [legend.get(key, "") for legend in legends]
            lines.append("\t".join((language.id, *row, key, *marks, mods)))
    OURS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
