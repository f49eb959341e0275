"""The sections of the page of a check, one a check and severity: words in a table, then places, folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from langcov import languages
from langcov.core.ui import _, plural, whole
from langcov.errors import UserError
from langcov.hygiene.engine.finding import Finding
from langcov.hygiene.engine.report import Count, Report
from langcov.report.hygiene import view, words
from langcov.report.hygiene.text import Marked, fixed, marked, shown, word

PLACES = 20  # of a word
OPEN = 30  # lines that are shown at once
AROUND = 60  # code points on each side of an issue


@dataclass
class Room:
    """How much a page still shows.

    Attributes:
        words: of each check.
        places: of all words together.
    """

    words: int
    places: int = 1_500


class Sections:
    """Makes the sections of a report.

    Args:
        report: of a language.
        prefix: of their ids.
        room: of the page.
    """

    def __init__(self, report: Report, prefix: str, room: Room) -> None:
        self.report, self.prefix, self._room = report, prefix, room
        self.tag = tag(report.language)

    def section(self, section: view.Section) -> str:
        """What the check found, why it matters, what to do, the words, and where they stand."""
        groups = section.groups[: self._room.words]
        messages = {group.message for group in groups}
        once = messages.pop() if len(messages) == 1 else ""
        said = "".join(f"<p>{escape(text)}</p>\n" for text in (section.why, once) if text)
        characters = f'<p class="quiet">{escape(view.characters(section.count))}</p>\n'
        rest = len(section.groups) - len(groups)
        more = [view.more_words(rest)] * (rest > 0) + [view.unlisted(section.count)]
        shown_words = f"{self.advice(section)}{self.words(groups)}\n" if section.of_words else ""
        return (
            f'<section id="{escape(self.prefix + section.id)}">\n'
            f"<h2>{badge(section.count)} {escape(section.title)}</h2>\n{said}{characters}{shown_words}"
            f"{self._places(section, groups, bool(once))}"
            + "".join(f'<p class="quiet">{escape(text)}</p>' for text in more if text)
            + "</section>"
        )

    @staticmethod
    def title(report: Report) -> str:
        """The heading of all of them."""
        return _("Corpus check: {language}", language=view.heading(report))

    def top(self) -> str:
        """What stands before the first of them; nothing, in a file."""
        return ""

    def advice(self, section: view.Section) -> str:
        """How its words can be fixed."""
        advice = words.advice(self.report, section)
        if not advice:
            alone = _("There is no fix to suggest: a person has to look at each place.")
            return f'<p class="quiet">{escape(alone)}</p>\n'
        return "".join(
            f"<p>{escape(said)}</p>\n<pre>{_unbroken(command)}</pre>\n" for said, command in advice
        )

    def words(self, groups: Sequence[view.Group]) -> str:
        """A row a word: before, after, how often, and whether ``fix`` changes it."""
        wrong, right, often, fix = map(escape, words.columns())
        head = f'<th>{wrong}</th><th>{right}</th><th class="figure">{often}</th><th>{fix}</th>'
        rows = (
            f'<tr><td class="word">{self.text(word(group.first, AROUND), "mark")}</td>'
            f'<td class="word">{self.right(group, AROUND, "–")}</td>'
            f'<td class="figure" data-label="{often}">{whole(len(group.findings))}</td>'
            f'<td class="fix" data-label="{fix}">{escape(words.fixing_name(group))}</td></tr>'
            for group in groups
        )
        body = "\n".join(rows)
        return f'<table class="words"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>'

    def right(self, group: view.Group, room: int, unknown: str) -> str:
        """What should stand in the place of a word."""
        right = fixed(group.first, room)
        if right is None:
            return unknown
        return self.text(right, "ins") if any(vars(right).values()) else escape(_("(nothing)"))

    def _places(self, section: view.Section, groups: Sequence[view.Group], message_said: bool) -> str:
        items = "\n".join(self._item(group, message_said) for group in groups)
        many = sum(len(group.findings) for group in groups)
        head = escape(plural("{n} place", "{n} places", many))
        opened = " open" * (not section.of_words and len(groups) <= OPEN)  # of lines nothing else is shown
        return f"<details{opened}><summary>{head}</summary><ul>\n{items}\n</ul></details>\n"

    def _item(self, group: view.Group, message_said: bool) -> str:
        """A word, or a line, and its places: what stands there, and beside it what should."""
        notes = [group.message] * (not message_said) + [", ".join(group.characters)] * bool(group.characters)
        about = "".join(f'<div class="quiet">{escape(note)}</div>' for note in notes if note)
        head = (
            f'<div class="word">{self.text(word(group.first, AROUND), "mark")}</div>'
            if group.first.text
            else ""
        )
        found = group.findings[: min(PLACES, self._room.places)]
        self._room.places -= len(found)
        rows = "".join(map(self._place, found))
        rest = len(group.findings) - len(found)
        more = f'<div class="quiet">{escape(view.more_places(rest))}</div>' if rest > 0 else ""
        table = f'<table class="places"><tbody>{rows}</tbody></table>' if rows else ""
        return f"<li>{head}{about}{table}{more}</li>"

    def _place(self, finding: Finding) -> str:
        row = f'<td class="place">{escape(view.place(finding))}</td>'
        if finding.before or finding.after:
            row += f'<td class="context">{self.text(marked(finding, AROUND), "mark")}</td>'
            right = fixed(finding, AROUND, around=True)
            row += f'<td class="context">{self.text(right, "ins")}</td>' if right else ""
        return f"<tr>{row}</tr>"

    def text(self, parts: Marked, mark: str) -> str:
        """A text of the language with its middle part in an element."""
        return element(parts, mark, self.tag)


def element(parts: Marked, mark: str, language: str) -> str:
    """A text with its middle part in an element.

    Args:
        mark: the element.
        language: of the text, as ``tag`` gives it.
    """
    issue = f"<{mark}>{escape(parts.issue)}</{mark}>" if parts.issue else ""
    return f'<bdi lang="{language}">{escape(parts.before)}{issue}{escape(parts.after)}</bdi>'


def _unbroken(command: str) -> str:
    """A command whose options are not broken at their hyphens."""
    return " ".join(f"<span>{escape(part)}</span>" for part in command.split(" "))


def badge(count: Count) -> str:
    """The name of a severity."""
    return f'<span class="badge {count.severity}">{escape(view.severity(count))}</span>'


def tag(language: str) -> str:
    """The language of the text for a browser (BCP 47): ``ce-Cyrl``.

    >>> tag("che_Cyrl"), tag("xxx")
    ('ce-Cyrl', 'xxx')
    """
    try:
        known = languages.find(language)
    except UserError:
        return escape(shown(language).replace("_", "-"))
    return f"{known.iso639_1 or known.iso639_3}-{known.script}"
