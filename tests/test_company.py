"""Companies: the built-in list is sound, and a site's own file is laid over it."""

from collections import Counter

import pytest

from pressfold.company import Company, built_in, load, outlets, registry
from pressfold.problem import Problem, Problems
from pressfold.slug import Slug, check_slug

PATH = "content/companies/acme-test.md"


def _problems(text: str, path: str = PATH) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        load(text, path)
    return list(raised.value.problems)


def _names(company: Company) -> set[str]:
    return {name.casefold() for name in (company.name, *company.aliases, *company.doubtful)}


def test_at_least_150_companies_are_known() -> None:
    assert len(built_in()) >= 150


def test_every_built_in_slug_is_valid_and_in_order() -> None:
    assert [check_slug(slug, "companies.txt", 0) for slug in built_in()] == sorted(built_in())


def test_every_line_of_the_list_is_a_company_of_its_own() -> None:
    assert all(slug == company.slug for slug, company in built_in().items())
    assert len({company.name for company in built_in().values()}) == len(built_in())


def test_no_name_is_that_of_two_companies() -> None:
    counted = Counter(name for company in built_in().values() for name in _names(company))
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_company_has_a_name_by_which_it_is_found() -> None:
    assert all(company.name in (*company.aliases, *company.doubtful) for company in built_in().values())


def test_no_alias_is_both_sure_and_doubtful() -> None:
    assert [c.slug for c in built_in().values() if set(c.aliases) & set(c.doubtful)] == []


def test_company_whose_names_are_all_doubtful_has_support() -> None:
    assert [c.slug for c in built_in().values() if c.doubtful and not (c.support or c.aliases)] == []


def test_no_built_in_name_is_blank_or_padded() -> None:
    for company in built_in().values():
        for name in (company.name, *company.aliases, *company.doubtful, *company.support, *company.vetoes):
            assert name
            assert name == " ".join(name.split())
            assert "|" not in name
            assert not name.startswith("?")


def test_no_outlet_is_a_company() -> None:
    named = {name for company in built_in().values() for name in _names(company)}
    assert [outlet for outlet in outlets() if outlet.casefold() in named] == []


def test_there_are_outlets_and_none_is_blank() -> None:
    assert len(outlets()) > 100
    assert all(outlet == " ".join(outlet.split()) != "" for outlet in outlets())


@pytest.mark.parametrize("slug", ["microsoft", "amazon", "google", "palantir", "salesforce"])
def test_the_companies_of_the_demonstration_are_known(slug: str) -> None:
    assert built_in()[Slug(slug)].name.casefold() == slug


def test_new_company_is_read_whole() -> None:
    text = (
        "---\nname: Acme  Test\naliases: [Acme, ACME Corp]\nsupport: [anvil]\nnot: [acme of the art]\n"
        "links: {Site: 'https://acme.example/'}\nplatform: true\n---\n\nAbout it.\n"
    )
    assert load(text, PATH) == Company(
        slug=Slug("acme-test"),
        name="Acme Test",
        aliases=("Acme Test", "Acme", "ACME Corp"),
        support=("anvil",),
        vetoes=("acme of the art",),
        platform=True,
        links={"Site": "https://acme.example/"},
        body="About it.",
        path=PATH,
    )


def test_name_that_is_an_ordinary_word_is_doubtful() -> None:
    company = load("---\nname: Square\nword: true\naliases: [Square Inc]\n---\n", PATH)
    assert (company.aliases, company.doubtful) == (("Square Inc",), ("Square",))


def test_file_is_laid_over_the_built_in_company() -> None:
    known = built_in()[Slug("microsoft")]
    company = load("---\naliases: [Redmond giant]\nsupport: [Teams]\n---\nBody\n", "content/companies/microsoft.md")
    assert company.name == known.name
    assert company.aliases == (*known.aliases, "Redmond giant")
    assert company.support == (*known.support, "Teams")
    assert (company.doubtful, company.vetoes, company.platform) == (known.doubtful, known.vetoes, known.platform)
    assert (company.body, company.path) == ("Body", "content/companies/microsoft.md")


def test_new_name_of_a_built_in_company_is_an_alias_too() -> None:
    company = load("---\nname: Softmicro\n---\n", "content/companies/microsoft.md")
    assert company.name == "Softmicro"
    assert {"Microsoft", "Softmicro"} <= set(company.aliases)


def test_doubtful_built_in_name_stays_doubtful_when_it_is_written_again() -> None:
    known = next(company for company in built_in().values() if company.name in company.doubtful)
    company = load(f"---\nname: {known.name}\n---\n", f"content/companies/{known.slug}.md")
    assert company.name in company.doubtful
    assert company.name not in company.aliases


def test_sure_built_in_name_becomes_doubtful_when_the_file_calls_it_a_word() -> None:
    company = load("---\nname: Microsoft\nword: true\n---\n", "content/companies/microsoft.md")
    assert "Microsoft" in company.doubtful
    assert "Microsoft" not in company.aliases


@pytest.mark.parametrize(
    ("head", "problem"),
    [
        ("aliases: [a]\n", Problem(PATH, 2, "'name' is missing", "add name: ...")),
        ("name: A\nalias: [b]\n", Problem(PATH, 3, "unknown key 'alias'", "did you mean 'aliases'?")),
        (
            "name: A\ncolour: b\n",
            Problem(PATH, 3, "unknown key 'colour'", "known: name, aliases, support, not, links, platform, word"),
        ),
        (
            "name: A\nlinks:\n  Site: acme.example\n",
            Problem(PATH, 4, "'links.Site' is no http(s) address: 'acme.example'"),
        ),
        ("name: A\nlinks: [b]\n", Problem(PATH, 3, "links must be a mapping (key: value)")),
        ("name: A\nplatform: yes\n", Problem(PATH, 3, "'platform' is 'yes'", "one of: true, false")),
    ],
)
def test_mistake_in_a_companys_file_is_a_problem(head: str, problem: Problem) -> None:
    assert _problems(f"---\n{head}---\n") == [problem]


def test_file_name_that_is_no_address_is_a_problem() -> None:
    assert _problems("---\nname: A\n---\n", "content/companies/Big Co.md") == [
        Problem("content/companies/Big Co.md", 0, "'Big Co' is no file name for a company", "write it as 'big-co'")
    ]


def test_registry_lays_the_sites_own_over_the_built_in_list() -> None:
    own = Company(slug=Slug("microsoft"), name="Ours")
    new = Company(slug=Slug("acme-test"), name="Acme")
    found = registry({own.slug: own, new.slug: new})
    assert (found[own.slug], found[new.slug], found[Slug("amazon")]) == (own, new, built_in()[Slug("amazon")])
    assert len(found) == len(built_in()) + 1
    assert built_in()[own.slug] is not own
