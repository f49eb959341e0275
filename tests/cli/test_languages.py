from __future__ import annotations


def test_a_page_is_written_as_html(run, tmp_path):
    target = tmp_path / "tat.html"
    assert run(*f"languages tat --format html --ui ru -o {target}".split())[0] == 0
    page = target.read_text("utf-8")
    assert '<html lang="ru">' in page
    assert "татарский язык (tat_Cyrl)" in page


def test_an_html_page_is_of_one_language(run):
    code, _out, err = run("languages", "--format", "html")
    assert (code, err.count("\n")) == (2, 1)
    assert "langcov languages tat --format html" in err


def test_a_folder_is_no_target(run, tmp_path):
    assert "is a folder" in run("languages", "tat", "-o", tmp_path)[2]
