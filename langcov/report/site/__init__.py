"""A static site of many results: a page a language, a page a tokenizer, a page a language-ID model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from langcov.core.folders import replacing_folder
from langcov.core.work import Progress
from langcov.errors import UserError
from langcov.report.site.add import add_page
from langcov.report.site.frame import Page, Site
from langcov.report.site.index import index_page
from langcov.report.site.language import language_page
from langcov.report.site.lines import Found
from langcov.report.site.sheets import sheets
from langcov.report.site.system import system_page
from langcov.report.site.tokens import Costs
from langcov.results.result import Result

MARKER = "langcov-site.txt"
"""The file by which a folder is known as a site."""


def write(results: Sequence[Result], folder: str | Path, progress: Progress | None = None) -> None:
    """Write the site of results, whole or not at all; the same bytes for the same results, in any order.

    Args:
        results: of tokenizers, of language-ID models, or both; the same one twice counts once.
        folder: to be made, empty, or a site that was written before, whose pages are replaced; what else
            is in it stays.

    Raises:
        UserError: there is nothing to show, or the folder can't be written or is none of ours.
    """
    progress = progress or Progress()
    different = {(one.kind, one.signature["long"], one.created): one for one in results}
    site = Site(
        sheets(results, "tokenizers"), sheets(results, "lid"), [different[key] for key in sorted(different)]
    )
    if not site.paths:
        raise UserError(
            "there is no figure in these results: give some that langcov tokenizers or lid wrote with -o"
        )
    with replacing_folder(Path(folder), MARKER) as new:
        progress.start(len(site.paths) + 2, "writing pages")
        for path, html in _pages(site):
            (new / path).parent.mkdir(exist_ok=True)
            (new / path).write_bytes(html.encode("utf-8", "backslashreplace"))
            progress.finish(path)


def _pages(site: Site) -> Iterator[Page]:
    costs, found = [*map(Costs, site.tokenizers)], [*map(Found, site.models)]
    yield index_page(site)
    yield add_page(site)
    for kind, name in site.paths:
        if kind == "languages":
            yield language_page(site, name, costs, found)
        else:
            yield system_page(site, kind, name, costs if kind == "tokenizers" else found)
