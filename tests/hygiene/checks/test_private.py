from __future__ import annotations

import pytest

from tests.hygiene.checks.characters_asked import issue, issues


def test_email() -> None:
    found = issue("email", "Языгыз: a.b+c@kazan-mail.example.ru.")
    assert (found.wrong, found.severity) == ("a.b+c@kazan-mail.example.ru", "warning")
    assert issue("email", "кат@пример.рф").wrong == "кат@пример.рф"


@pytest.mark.parametrize("line", ["@nick", "a@b", "5 @ 3.50", "см. @ниже.", "a @ b.ru"])
def test_no_email(line: str) -> None:
    assert not issues("email", line)


@pytest.mark.parametrize(
    "number",
    [
        "+7 (843) 123-45-67",
        "+7 843 123 45 67",
        "+78431234567",
        "8 843 123-45-67",
        "8 (843) 123-45-67",
        "8-917-123-45-67",
        "89171234567",
        "8 917 1234567",
        "(843) 123-45-67",
        "123-45-67",
        "+998 90 123 45 67",
        "+358 40 123 4567",
        "8(84371)2-34-56",
    ],
)
def test_phone(number: str) -> None:
    found = issue("phone", f"Шалтырат {number}, көтәм")
    assert (found.wrong, found.severity) == (number, "warning")


@pytest.mark.parametrize(
    "line", ["тел. 2-34-56", "Телефон: 293-12-45", "телефони 859-292-3680 тамос", "tel 463 2077"]
)
def test_after_the_word_for_it_any_number_is_one(line: str) -> None:
    assert len(issues("phone", line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "1917-1991",
        "1941-45 елларда",
        "12.04.1961",
        "12-04-1961",
        "2006-04-12",
        "978-5-298-01234-5",
        "ISBN 5-298-01234-5",
        "1 000 000 000",
        "8 843 123 456 сум",
        "8 000 000 000",
        "3,14159265",
        "1234567",
        "#1234567",
        "12:30:45.123",
        "192.168.100.200",
        "0,000123456",
        "2 500 000 – 3 000 000",
        "40817810099910004312",
        "8 843 123-45-67-89",
        "10-15-20 кеше",
        "№ 123-45-67",
        "1-2-3-4-5-6-7-8",
        "+20 000 000",
        "1867, 1881, 1897, 1920 елларда",
    ],
)
def test_no_phone(line: str) -> None:
    assert not issues("phone", line)


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("тел. 292-12-34 2019 елда", ["292-12-34"]),
        ("+7 843 123-45-67 2019.", ["+7 843 123-45-67"]),
        ("(843) 292-12-34 2019", ["(843) 292-12-34"]),
        ("+44 20 7946 2019", ["+44 20 7946 2019"]),
        ("тел. 463 2019", ["463 2019"]),
        ("292-12-34 56", []),
    ],
)
def test_a_year_after_it_is_not_of_the_number(line: str, numbers: list[str]) -> None:
    assert [found.wrong for found in issues("phone", line)] == numbers
