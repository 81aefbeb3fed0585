"""Companies: the built-in list is sound, and a site's own file is laid over it."""

from collections import Counter

import pytest

from pressfold.company import Company
from pressfold.companyfile import contests, load
from pressfold.problem import Problem, Problems
from pressfold.registry import built_in, outlets, present, registry
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
            Problem(
                PATH,
                3,
                "unknown key 'colour'",
                "known: name, formerly, also, aliases, support, not, word, platform, links",
            ),
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


def _loaded(slug: str, head: str) -> Company:
    return load(f"---\n{head}---\n", f"content/companies/{slug}.md")


def test_company_is_found_by_the_slugs_that_it_had_and_listed_once() -> None:
    company = _loaded("acme-new", "name: Acme\nformerly: [acme-old, acme]\nalso: [bolt]\n")
    known = registry({company.slug: company})
    assert (company.first, company.old) == ("acme-old", ("acme-old", "acme", "bolt"))
    assert all(known[Slug(slug)] is company and slug in known for slug in ("acme-new", "acme-old", "acme", "bolt"))
    assert [slug for slug in known if known[slug] is company] == ["acme-new"]
    assert present([Slug("acme"), Slug("google"), Slug("acme-new")], known.former) == ("acme-new", "google")


def test_file_that_renames_a_built_in_company_takes_over_its_names() -> None:
    company = _loaded("microsoft-corp", "formerly: [microsoft]\nalso: [linkedin]\n")
    known = registry({company.slug: company})
    assert (company.name, company.first) == ("Microsoft", "microsoft")
    assert {"Microsoft", "LinkedIn"} <= set(company.aliases)
    assert "microsoft" not in list(known)
    assert "linkedin" not in list(known)
    assert len(known) == len(list(known)) == len(built_in()) - 1


def test_built_in_renaming_lets_the_old_slug_go_on() -> None:
    old, new = next(iter(built_in().former.items()))
    assert built_in()[old].slug == new
    assert load("---\nsupport: [x]\n---\n", f"content/companies/{old}.md").slug == new


def test_what_the_built_in_list_renames_leads_on_where_the_site_renames_it_again() -> None:
    old, new = next(iter(built_in().former.items()))
    company = _loaded("something-else", f"formerly: [{new}]\n")
    known = registry({company.slug: company})
    assert known[old] is known[new] is company
    assert old in company.old


def _contests(**files: str) -> list[tuple[str, str]]:
    given = [_loaded(slug.replace("_", "-"), f"name: {slug}\n{head}\n") for slug, head in files.items()]
    return [(one.path.rpartition("/")[2], one.message) for one in contests(given)]


def test_slug_that_leads_to_two_companies_is_a_problem() -> None:
    assert _contests(acme="formerly: [old]", bolt="also: [old]") == [
        ("bolt.md", "'old' leads to 'acme' already (content/companies/acme.md)")
    ]
    assert _contests(acme="formerly: [bolt]", bolt="") == [
        ("acme.md", "'bolt' has a file of its own, content/companies/bolt.md")
    ]
    assert [path for path, _ in _contests(acme="formerly: [bolt]", bolt="formerly: [acme]")] == ["acme.md", "bolt.md"]
    old, new = next(iter(built_in().former.items()))
    assert _contests(acme=f"also: [{old}]") == [("acme.md", f"'{old}' leads to '{new}' already")]
    assert _contests(**{old.replace("-", "_"): "", new.replace("-", "_"): ""}) == [
        (f"{new}.md", f"is about '{new}', and so is content/companies/{old}.md")
    ]


def test_company_that_was_called_as_it_is_is_a_problem() -> None:
    assert _problems("---\nname: A\nformerly: [acme-test]\n---\n") == [
        Problem(PATH, 3, "'formerly' names the company itself", "name what it was called before")
    ]
