"""Rules of the library, each alone: against a filter of the library that has no other rule."""

from __future__ import annotations

import random
from typing import Any

import pytest

from langcov.errors import UserError

pytest.importorskip("datatrove")
pytest.importorskip("spacy")

from datatrove.data import Document
from datatrove.pipeline import filters as library

from langcov.filters.libraries.datatrove import Datatrove, takes_words
from langcov.filters.recipe import load
from langcov.filters.tally import Tally

OFF: dict[str, dict[str, Any]] = {
    "GopherRepetitionFilter": dict.fromkeys(
        ("dup_line_frac", "dup_para_frac", "dup_line_char_frac", "dup_para_char_frac")
    )
    | {"top_n_grams": (), "dup_n_grams": ()},
    "FineWebQualityFilter": {
        "line_punct_thr": 0.0,
        "short_line_thr": 1.0,
        "char_duplicates_ratio": 1.0,
        "new_line_ratio": 1e9,
    },
    "GopherQualityFilter": dict.fromkeys(
        (
            *("min_doc_words", "max_doc_words", "min_avg_word_length", "max_avg_word_length"),
            *("max_symbol_word_ratio", "max_bullet_lines_ratio", "max_ellipsis_lines_ratio"),
            *("max_non_alpha_words_ratio", "min_stop_words"),
        )
    ),
    "C4QualityFilter": {
        "filter_lorem_ipsum": False,
        "filter_curly_bracket": False,
        "min_num_sentences": -1,
    },
}
"""Each filter without any rule."""

ALONE: dict[str, dict[str, tuple[str, Any]]] = {
    "GopherRepetitionFilter": {
        **{name: (name, 0.2) for name in OFF["GopherRepetitionFilter"] if name.endswith("frac")},
        "top_2_gram": ("top_n_grams", [(2, 0.2)]),
        "top_3_gram": ("top_n_grams", [(3, 0.18)]),
        "duplicated_5_n_grams": ("dup_n_grams", [(5, 0.15)]),
        "duplicated_9_n_grams": ("dup_n_grams", [(9, 0.11)]),
    },
    "FineWebQualityFilter": {
        "line_punct_ratio": ("line_punct_thr", 0.12),
        "short_line_ratio": ("short_line_thr", 0.67),
        "char_dup_ratio": ("char_duplicates_ratio", 0.01),
        "list_ratio": ("new_line_ratio", 0.1),
    },
    "GopherQualityFilter": {
        "gopher_short_doc": ("min_doc_words", 50),
        "gopher_long_doc": ("max_doc_words", 90),
        "gopher_below_avg_threshold": ("min_avg_word_length", 4),
        "gopher_above_avg_threshold": ("max_avg_word_length", 5),
        "gopher_too_many_hashes": ("max_symbol_word_ratio", 0.1),
        "gopher_too_many_bullets": ("max_bullet_lines_ratio", 0.9),
        "gopher_too_many_end_ellipsis": ("max_ellipsis_lines_ratio", 0.3),
        "gopher_below_alpha_threshold": ("max_non_alpha_words_ratio", 0.8),
        "gopher_enough_stop_words": ("min_stop_words", 2),
    },
    "C4QualityFilter": {
        "lorem_ipsum": ("filter_lorem_ipsum", True),
        "curly_bracket": ("filter_curly_bracket", True),
        "too_few_sentences": ("min_num_sentences", 5),
    },
}
WORDS = ["the", "cat", "and", "of", "a", "tremendously", "internationalization", "7", "--", "##", "sat"]
LINES = [
    "- item",
    "• more …",
    "Go on...",
    "It ends. It does!",
    "See the {x} and y.",
    "Lorem ipsum there is.",
    "",
    "no end",
]


def documents() -> list[str]:
    """Texts that break none, one or many of the rules."""
    draw = random.Random(7)
    made = []
    for _ in range(120):
        words = draw.sample(WORDS, draw.randint(1, len(WORDS)))
        lines = draw.sample(LINES, draw.randint(0, 4))
        lines += [
            " ".join(draw.choices(words, k=draw.randint(1, 30))) + draw.choice([".", "...", ""])
            for _ in range(draw.randint(1, 6))
        ]
        draw.shuffle(lines)
        lines = [f"- {line}" for line in lines] if draw.random() < 0.1 else lines
        made.append("\n".join(lines * draw.choice([1, 1, 1, 2])))
    return [text for text in made if text.strip()]


def said(name: str, arguments: dict[str, Any], text: str) -> Any:
    """What a filter of the library says of a text."""
    return getattr(library, name)(**arguments).filter(Document(text, ""))


@pytest.mark.parametrize("name", ALONE)
def test_a_rule_alone_removes_what_the_library_removes_with_that_rule_only(name: str) -> None:
    alone = ALONE[name]
    arguments = dict(OFF[name])
    for argument, value in alone.values():
        both = isinstance(value, list) and arguments[argument]
        arguments[argument] = [*arguments[argument], *value] if both else value
    one = Datatrove(name, arguments)
    names = [rule.name for rule in one.rules]
    seen = dict.fromkeys(alone, 0)
    for text in documents():
        judged = one.judge(text)
        first = (False, names[judged.broken[0]]) if judged.broken else True
        assert first == said(name, arguments, text)
        for rule, (argument, value) in alone.items():
            if names.index(rule) in judged.unjudged:
                continue
            broken = names.index(rule) in judged.broken
            only = said(name, OFF[name] | {argument: value}, text)
            assert broken == (only == (False, rule)), (rule, text)
            seen[rule] += broken
    assert all(seen.values()), seen


def test_a_rule_that_shares_its_argument_with_a_broken_one_is_not_judged() -> None:
    one = Datatrove("GopherQualityFilter", {})
    names = [rule.name for rule in one.rules]
    judged = one.judge("# # # the cat and of … … …\n" * 12)
    assert "gopher_too_many_hashes" in {names[i] for i in judged.broken}
    assert {names[i] for i in judged.unjudged} == {"gopher_too_many_ellipsis"}


def test_where_there_are_no_words_the_rules_after_the_first_are_not_judged() -> None:
    one = Datatrove("GopherQualityFilter", {})
    judged = one.judge("\u200b\u00a0 \u2003 ")
    assert [one.rules[i].name for i in judged.broken][:1] == ["gopher_short_doc"]
    assert judged.unjudged or len(judged.broken) > 1


def test_what_a_recipe_switches_off_is_no_rule() -> None:
    names = [rule.name for rule in Datatrove("GopherRepetitionFilter", {"dup_para_frac": 0}).rules]
    assert "dup_para_frac" not in names
    assert {"dup_line_frac", "top_2_gram", "duplicated_10_n_grams"} <= set(names)


def test_a_filter_in_order_sees_what_the_one_before_left() -> None:
    """C4 takes out lines: the second filter has fewer words, the first document none."""
    lines = "One two three. Four five six. Seven eight nine. Ten is more. It ends here.\n"
    text = lines + "javascript is needed to see this and the other and the rest of it.\n" * 4
    c4, short = Datatrove("C4QualityFilter", {}), Datatrove("GopherQualityFilter", {"min_doc_words": 30})
    tally = Tally([c4, short])
    tally.add(text.split("\n"))
    place = [rule.name for rule in short.rules].index("gopher_short_doc")
    assert tally.alone[1, place] == 0
    assert tally.first[1, place] == 1
    assert tally.kept == 0


@pytest.mark.parametrize("name", ["fineweb", "gopher", "c4", "mc4"])
def test_the_recipes_without_files_run(name: str) -> None:
    steps = [step for step in load(name).steps if not step.not_judged and not step.model]
    tally = Tally([Datatrove(step.name, step.arguments) for step in steps])
    for text in documents()[:20]:
        tally.add(text.split("\n"))
    assert tally.documents == 20
    assert tally.alone.total() > 0
    assert takes_words("GopherQualityFilter")


def test_an_unknown_filter_or_argument_names_the_nearest() -> None:
    with pytest.raises(
        UserError, match="datatrove has no filter 'GopherQuality'; did you mean 'GopherQualityFilter'"
    ):
        Datatrove("GopherQuality", {})
    with pytest.raises(UserError, match="has no argument 'stopwords'; did you mean 'stop_words'"):
        Datatrove("GopherQualityFilter", {"stopwords": []})
