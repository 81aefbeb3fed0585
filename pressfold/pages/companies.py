"""Companies: the list of all, a page for each that an article is about, and its months."""

from collections.abc import Iterator

from pressfold.pages.frame import NEWEST, Site, company_address, language_link, text
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.view import CompaniesView, CompanyRow, CompanyView, Feeds, Link, Page

ABOVE = Link(text="Companies", address="companies/", lang="en")


def company_pages(site: Site) -> Iterator[Page]:
    """`/companies/`, `/companies/<slug>/` and `/companies/<slug>/2026-02/`."""
    language = site.config.language
    yield Page(
        address="companies/",
        layout="companies.html",
        view=CompaniesView(
            frame=site.frame("Companies", "companies/", section="companies"),
            rows=tuple(
                CompanyRow(
                    company=site.company_link(slug),
                    count=len(group.about),
                    latest=site.day(group.about[0].happened, language),
                    languages=tuple(language_link(tag) for tag in sorted({article.lang for article in group.about})),
                )
                for slug, group in site.catalog.companies.items()
            ),
        ),
    )
    for slug, group in site.catalog.companies.items():
        company, folder = group.company, company_address(slug)
        feeds = Feeds(title=company.name, folder=folder)
        here = Link(text=company.name, address=folder)
        yield Page(
            address=folder,
            layout="company.html",
            source=company.path,
            view=CompanyView(
                frame=site.frame(company.name, folder, feeds=(feeds,), trail=(ABOVE,), section="companies"),
                name=company.name,
                links=tuple(Link(text=label, address=address) for label, address in company.links.items()),
                text=text(company.body, company.path),
                items=site.clusters(group.about, NEWEST),
                mentions=tuple(site.item(article) for article in group.mentions[:NEWEST]),
                months=month_links(site, folder, group.about),
                feeds=feeds,
            ),
        )
        yield from month_pages(site, folder, here, (ABOVE,), group.about, "companies", feeds)
