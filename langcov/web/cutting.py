"""A sentence is cut by tokenizers: the address ``/tokens``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from langcov.errors import LangcovError
from langcov.measure.cut import cut
from langcov.report.languages.name import in_words
from langcov.tokenizers import System, load
from langcov.web.asking import form_of, shown, telling, visit_of
from langcov.web.lanes import Tell
from langcov.web.pages.start import titled
from langcov.web.pages.tokens import LONGEST, TEXTS, Lines, Sentences, tokens_page
from langcov.web.tasks import SAMPLE
from langcov.web.works import Visit


def cut_sentences(tell: Tell, specs: Sequence[str], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Cut sentences by tokenizers, in a process: what is wrong with one of them is no fault of the others."""
    return [_cut(spec, texts) for spec in specs]


def _cut(spec: str, texts: Mapping[str, str]) -> dict[str, Any]:
    try:
        system = _loaded(spec)
        cuts = cut(system.tokenizer, list(texts.values()))
    except LangcovError as error:
        return {"name": spec, "failed": str(error), "cuts": {}}
    found = {name: {"tokens": one.tokens, "pieces": one.pieces} for name, one in zip(texts, cuts)}
    return {"name": system.name, "failed": "", "cuts": found}


@cache
def _loaded(spec: str) -> System:
    return load(spec)


@telling
async def first(request: Request) -> Response:
    """The form, with an example or the line that was chosen."""
    visit, line = visit_of(request), request.query_params.get("line", "")
    said = Sentences(line[:LONGEST], "", "") if line else Sentences()
    return shown(request, lambda: tokens_page(visit, said, [], _lines(visit)))


@telling
async def cutting(request: Request) -> Response:
    """What was cut."""
    form = await form_of(request)
    said = Sentences(*(str(form.get(name, ""))[:LONGEST] for name in TEXTS))
    state, visit = request.app.state, visit_of(request)
    cuts: list[dict[str, Any]] = []
    if said.given:
        cuts = await state.quick.run(cut_sentences, (state.tokenizers, said.given), lambda share: None)
    return shown(request, lambda: tokens_page(visit, said, _in_words(cuts), _lines(visit)))


def _in_words(cuts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same, with what is wrong in the language that is spoken."""
    return [{**one, "failed": in_words(one["failed"]) if one["failed"] else ""} for one in cuts]


def _lines(visit: Visit) -> Lines | None:
    """Some lines of the text that was checked last."""
    for work in reversed(visit.works.values()):
        sample = work.asked.made / SAMPLE
        if sample.exists():
            return Lines(titled(work), json.loads(sample.read_text("utf-8")))
    return None


ROUTES = [Route("/tokens", first), Route("/tokens", cutting, methods=["POST"])]
