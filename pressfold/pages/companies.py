"""Companies: the list of all, a page for each that an article is about, and its months."""

from collections.abc import Iterator
from itertools import islice

from pressfold.company import Company
from pressfold.language import Tag
from pressfold.pages.address import company_address
from pressfold.pages.calendar import shown_day
from pressfold.pages.cards import card_page
from pressfold.pages.frame import NEWEST, Site, language_link, text
from pressfold.pages.months import month_links, month_pages
from pressfold.pages.timeline import outlines, timeline
from pressfold.pages.view import Feeds, Link, Page
from pressfold.pages.view.html import CompaniesView, CompanyRow, CompanyView, RedirectView


def companies_page(site: Site) -> Iterator[Page]:
    """`/companies/`."""
    outline = site.catalog.outline("company")
    scale, shapes = outlines(site)
    rows = []
    for slug in site.by_name(outline):
        count, latest, languages = outline[slug]
        rows.append(
            CompanyRow(
                company=site.company_link(slug),
                count=count,
                latest=shown_day(latest, site.config.language),
                languages=tuple(language_link(Tag(tag)) for tag in languages),
                outline=shapes.get(slug, ()),
            )
        )
    frame = site.frame(site.section("companies").text, "companies/", section="companies")
    view = CompaniesView(frame=frame, rows=tuple(rows), scale=scale)
    yield Page(address="companies/", layout="companies.html", view=view)


def company_pages(site: Site, slug: str) -> Iterator[Page]:
    """`/companies/<slug>/` and its social card, where an article is about it; the addresses that it had lead there."""
    group = f"company/{slug}"
    if not site.catalog.count(group):
        return
    yield from card_page(site, slug)
    company, folder, say = site.company(slug), company_address(slug), site.tongue()
    feeds = Feeds(title=company.name, folder=folder)
    mentions = islice(site.catalog.newest(f"mention/{slug}"), NEWEST)
    yield Page(
        address=folder,
        layout="company.html",
        source=company.path,
        view=CompanyView(
            frame=site.frame(
                company.name,
                folder,
                description=say("Articles about %(name)s") % {"name": company.name},
                feeds=(feeds,),
                trail=(site.section("companies"),),
                section="companies",
                about=slug,
            ),
            name=company.name,
            links=tuple(Link(text=label, address=address) for label, address in company.links.items()),
            text=text(company.body, company.path),
            timeline=timeline(site, slug),
            items=site.clusters(site.catalog.newest(group), NEWEST)[0],
            mentions=tuple([site.item(card) for card in mentions]),
            months=month_links(site, group, folder),
            feeds=feeds,
        ),
    )
    for old in company.old:
        yield _moved(site, company, Link(text=company.name, address=folder), company_address(old))


def company_months(site: Site, slug: str, month: str) -> Iterator[Page]:
    """`/companies/<slug>/2026-02/`; the addresses that it had lead there."""
    company, folder = site.company(slug), company_address(slug)
    here, feeds = Link(text=company.name, address=folder), Feeds(title=company.name, folder=folder)
    trail = (site.section("companies"),)
    for page in month_pages(site, f"company/{slug}", month, folder, here, trail, "companies", feeds):
        yield page
        target = Link(text=page.view.frame.title, address=page.address)
        for old in company.old:
            yield _moved(site, company, target, page.address.replace(folder, company_address(old), 1))


def _moved(site: Site, company: Company, target: Link, old: str) -> Page:
    """A page at an old address, which leads to where it stands now."""
    frame = site.frame(str(target.text), old, indexed=False)
    return Page(address=old, layout="redirect.html", view=RedirectView(frame=frame, target=target), source=company.path)
