import { page } from "../page.js";

export const data = { permalink: "/companies/" };
export const render = ({ site, collections }) => page(site, {
  title: "Companies", address: "/companies/",
  main: `<h1>Companies</h1>
<ul>
${collections.companies.map(({ name, address, articles }) => `<li><a href="${address}">${name}</a>: ${articles.length}</li>\n`).join("")}</ul>
`,
});
