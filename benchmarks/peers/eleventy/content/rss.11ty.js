import { rss } from "../page.js";

export const data = { permalink: "/rss.xml" };
export const render = ({ site, collections }) => rss(site, "", "/", collections.newest);
