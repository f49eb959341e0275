"""A comparison as JUnit XML, which most CI shows as tests: one a figure, and one a language for its ids."""

from __future__ import annotations

from xml.etree import ElementTree as xml

from langcov.core.names import visible
from langcov.gate.changes import FAILS, Change
from langcov.gate.compare import Comparison
from langcov.gate.drift import Drift
from langcov.report.gate.view import difference, drifted, named


def render(found: Comparison) -> str:
    """One suite a corpus."""
    root = xml.Element("testsuites", name=visible(f"langcov compare {found.base} {found.new}"))
    for corpus in dict.fromkeys(
        [*(one.corpus for one in found.changes), *(one.corpus for one in found.drifts)]
    ):
        suite = xml.SubElement(root, "testsuite", name=visible(corpus))
        cases = [_figure(one) for one in found.changes if one.corpus == corpus]
        cases += [_ids(one, found.settings.ids) for one in found.drifts if one.corpus == corpus]
        suite.extend(cases)
        for name in ("failure", "skipped"):
            suite.set(
                {"failure": "failures", "skipped": "skipped"}[name], str(len(suite.findall(f"*/{name}")))
            )
        suite.set("tests", str(len(cases)))
    xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + xml.tostring(root, "unicode") + "\n"


def _figure(one: Change) -> xml.Element:
    case = xml.Element("testcase", classname=visible(one.system), name=visible(named(one)))
    said = difference(one) + (f": {one.reason}" if one.reason else "")
    if one.verdict in FAILS:
        xml.SubElement(case, "failure", message=visible(f"{one.verdict}: {said}"), type=one.verdict)
    elif one.verdict == "unknown":
        xml.SubElement(case, "skipped", message=visible(said))
    else:
        xml.SubElement(case, "system-out").text = visible(f"{one.verdict}: {said}")
    return case


def _ids(one: Drift, ids: str) -> xml.Element:
    case = xml.Element("testcase", classname=visible(one.system), name=visible(f"ids of {one.language}"))
    xml.SubElement(
        case, "failure" if ids == "fail" else "skipped", message=visible(f"id drift: {drifted(one)}")
    )
    return case
