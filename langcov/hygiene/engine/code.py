"""What is code in a text: placeholders, plurals, formats of dates, options, commands, copyright notices."""

from __future__ import annotations

from collections.abc import Sequence

import regex

OPENING, CLOSING = "\"'`‘’“”„«", "\"'`’“”»"
"""Quotation marks, of a program's texts too, of which some open in one language and close in another."""
_GROUP = r"(?:\[(?:[^\[\]]|\[[^\[\]]*\])*\]|\([^()]*\))"
_KINDS = (  # each with strings of which one stands wherever it does
    (
        ("%",),
        r"%\([A-Za-z_]\w*\)(?:[#0+-]*\d*(?:\.\d+)?[A-Za-z])?"  # %(name)s
        r"|%%?[0-9A-F]{2}(?!\d|[dsux](?![A-Za-z]))"  # %0A, in an address
        r"|%\?\w+\?"  # a condition, as %?n?new: ?
        r"|(?<!\d)%(?:\d+\$)?[#0+-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[jztL])?[A-Za-z@](?![A-Za-z])",
    ),
    (("x3", "\\x"), r"\\x[0-9A-Fa-f]{2}|x3[ceCE]"),  # \x3e, and such of which the backslash was taken out
    (  # Texinfo
        ("@",),
        r"@(?:[a-z]+\{\}|(?:code|command|env|file|kbd|option|samp|var)\{[^{}\n]*\})",
    ),
    (  # what opens the forms of a plural message of ICU, and each; {word} of a form is text, so this is first
        ("plural", "select"),
        r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\s*,\s*(?:offset:\d+\s+)?(?:=\d+|[A-Za-z_]\w*)\s*\{"
        r"|\}\s*(?:=\d+|zero|one|two|few|many|other)\s*\{"
        r"|\}\s*[A-Za-z_]\w*\s*\{(?![A-Za-z_]\w*\})",
    ),
    (  # a message of Fluent: what chooses a form, and the name of each; the text of a form stays
        ("->",),
        r"\{\s*(?:\$[\w-]+|[A-Z]+\([^(){}]*\)|-?[A-Za-z][\w.-]*)\s*->|(?<!\S)\*?\[\s*[A-Za-z0-9][\w.-]*\s*\]",
    ),
    (  # its placeables, be they functions: { DATETIME($day, month: "long") }, { $day }; others, {a[0].b}
        ("{",),
        r"(?<!\$)\{\s*[$-]?[A-Za-z][\w.-]*(?:\[\w*\][\w.]*)*(?:\([^(){}]*\))?\s*\}"
        r"|\{\s*[A-Za-z][\w-]*(?:\s*\|\s*[A-Za-z][\w-]*)+\s*\}",  # of the synopsis of a command
    ),
    (
        ("{", "$"),
        r"\$?\{[\w.:!$-]*\}|\$[A-Za-z_]\w*"
        r"|\{\s*\w+\s*,\s*(?:number|date|time|duration|ordinal|spellout)\s*(?:,[^{}]*)?\}",
    ),
    (  # names of manual pages
        ("(",),
        r"(?<![\w-])[a-z][a-z0-9.+_-]*+\s?\([1-9]\)",
    ),
    ((":",), r"(?<!\S)[a-z]++(?:-[a-z]++)*+:[a-z]++(?:-[a-z]++)*+(?!\S)"),  # a declaration of CSS
    (
        ("YY", "yy", "HH:", "hh:"),
        r"(?<![\p{L}\p{M}])(?:Y{2,4}|y{2,4}|M{2,4}|D{1,4}|d{2,4}|HH?|hh?)(?:[:./-][YyMDdHhms]{1,4})*(?![\p{L}\p{M}])",
    ),
    (("', '", '", "'), r"""(?<![\w'"])(['"])[A-Za-z][\w-]*\1(?!\w)"""),  # in a list of options
    (("“, „", "”, “"), r"[„“][A-Za-z][\w-]*[“”]"),
    (  # a name before its abbreviation: Plug and Play (PP)
        ("(",),
        r"(?<![\w-])(?=([A-Z]))(?:[A-Z][A-Za-z-]*+\s(?:(?:and|for|in|of|the|to)\s){0,2}){2,8}\(\1[A-Za-z]{1,5}\)",
    ),
    (  # the arguments of a function of C
        ("(const ", "(int ", "(struct "),
        r"\((?=[^()]*(?:\*\w|\b(?:int|char|long|size_t)\s\w))(?:const|int|struct)\s[\w\s*,.\[\]]*\)",
    ),
    (("=",), r"(?<!\S)(?:--)?[a-z]++(?:-[a-z]++)*+=\p{Lu}[\p{Lu}\p{N}_-]*+(?!\S)"),  # --size=SIZE
    ((" -",), r"(?<!\S)[a-z][\w.-]*+(?:\s--?[A-Za-z][\w-]*+(?:[ =][!-,./-~][!-~]*+)?){2,}"),  # a command
    ((" --",), r"(?<=\s)--[a-z][\w-]*+(?:=[!-~]*+)?(?!\S)"),  # an option
    ((" && ",), r"^(?=[ -~]++$)[a-z][\w.-]*+ .*?&& [a-z].*$"),  # commands of a shell
    (  # the synopsis of a command: get [--[no-]all] (-f | FILE), get-all (ga) [names]
        ("[-", "(-", ") [", "] ["),
        rf"^[a-z][\w.-]*+(?: [a-z][\w.-]*+){{0,2}}(?=\s[\[(]-|\s{_GROUP}\s\[)"
        rf"(?:\s(?:{_GROUP}|[^\s\w-]*+[\p{{Lu}}_-]++[^\s\w]*+|\|))+$",
    ),
    (("`",), r"`[A-Za-z][ -_a-~]*?'(?!\w)"),  # a command, as GNU's programs quote one
    (("(*.",), r"\(\*\.[A-Za-z][\w*., ;]*\)"),  # names of a kind of files
    (('":',), r'"[A-Za-z$@][\w.$@-]*"\s*:(?:\s*"[A-Za-z][\w.-]*"(?=\s*[,}\]]))?'),  # of JSON
    (  # the synopsis of a command of the shell
        ("; done", "; fi"),
        r"^(?:for|if|select|until|while)\s[^;]*+;\W{0,3}(?:do|then)\s.*; (?:done|fi)\s*$",
    ),
    (("> ",), r"^[a-z][\w.-]*(?: [\w.-]+){0,2}> [ -~]*$"),  # behind a prompt
    (("opyright",), r"[Cc]opyright\s*(?:\([Cc]\)|©)\s*(?:[\d ,–-]+)?(?:\p{Lu}[\w.'-]*[,،]?(?:\s+|$))*"),
)
ALONE, BESIDE_LATIN = frozenset("%@{$>\\"), frozenset("(:='\"“”„`;[&-3Yy")
"""Of these all code has some: one of the first, or one of the second in a line with letters of ASCII."""
_SIGNS = frozenset("%@{$\\")
_ALL = tuple((signs, regex.compile(pattern)) for signs, pattern in _KINDS)


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a part of a text alone is in quotation marks: the text speaks of it.

    >>> is_quoted("„&lt;“", 1, 5), is_quoted("&lt;", 0, 4)
    (True, False)
    """
    return start > 0 and text[start - 1] in OPENING and text[end : end + 1] in (*CLOSING,)


def without_code(lines: Sequence[str]) -> list[str]:
    """Some lines with spaces where they have code, as long as before.

    >>> without_code(["%(a)dсүз {b}", "сүз MMMM YYYY"])
    ['     сүз    ', 'сүз          ']
    """
    found, text = list(lines), "\n".join(lines)
    for signs, pattern in _ALL:
        for sign in signs:
            if sign[-1] in text and sign in text:  # one character is looked for much faster than two
                found = [_blank(pattern, line) if sign in line else line for line in found]
    return found


def word_without_code(word: str) -> str:
    """The same of a word without white space, most of which have none.

    >>> word_without_code("%(a)dсүз")
    '     сүз'
    """
    return word if _SIGNS.isdisjoint(word) and "x3" not in word else without_code([word])[0]


def _blank(pattern: regex.Pattern[str], line: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), line)
