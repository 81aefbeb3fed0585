import { day } from "../page.js";

export const data = { permalink: "/sitemap.xml" };
export const render = ({ site, collections }) => `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${["/", "/companies/", ...collections.companies.map(({ address }) => address)].map((address) => `<url><loc>${site.address}${address}</loc></url>\n`).join("")}${collections.newest.map(({ url, date }) => `<url><loc>${site.address}${url}</loc><lastmod>${day(date)}</lastmod></url>\n`).join("")}</urlset>
`;
