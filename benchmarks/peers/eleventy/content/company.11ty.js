import { page, teaser } from "../page.js";

export const data = {
  pagination: { data: "collections.companyPages", size: 1, alias: "one" },
  permalink: ({ one }) => one.address,
};
export const render = ({ site, one }) => page(site, {
  title: one.company.name, address: one.address, feed: `${one.company.address}rss.xml`,
  main: `<h1>${one.company.name}</h1>
<p>Page ${one.number} of ${one.count}</p>
<ol>
${one.articles.map(teaser).join("")}</ol>
<nav>${one.newer ? `<a rel="prev" href="${one.newer}">Newer</a>` : ""} ${one.older ? `<a rel="next" href="${one.older}">Older</a>` : ""}</nav>
`,
});
