import { page, teaser } from "../page.js";

export const data = { permalink: "/" };
export const render = ({ site, collections }) => page(site, {
  address: "/",
  main: `<h1>Latest</h1>\n<ol>\n${collections.newest.slice(0, 50).map(teaser).join("")}</ol>\n`,
});
