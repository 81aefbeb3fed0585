import { rss } from "../page.js";

export const data = {
  pagination: { data: "collections.companies", size: 1, alias: "company" },
  permalink: ({ company }) => `${company.address}rss.xml`,
};
export const render = ({ site, company }) => rss(site, company.name, company.address, company.articles);
