// What every page of the site is drawn through, and the teasers and feeds they share.
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escaped = (text) => text.replace(/[&<>"]/g, (character) => ENTITIES[character]);
export const day = (date) => date.toISOString().slice(0, 10);
export const moment = (date) => date.toISOString().replace(".000", "");

export const page = (site, { title = "", summary = "", lang = "en", address, feed = "", main }) => `<!doctype html>
<html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title ? `${escaped(title)} – ` : ""}${site.title}</title>
${summary ? `<meta name="description" content="${escaped(summary)}">\n` : ""}<link rel="canonical" href="${site.address}${address}">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
${feed ? `<link rel="alternate" type="application/rss+xml" href="${feed}">\n` : ""}</head>
<body>
<header><p><a href="/">${site.title}</a></p><nav><a href="/companies/">Companies</a> <a href="/rss.xml">RSS</a> <a href="/atom.xml">Atom</a></nav></header>
<main>
${main}</main>
</body>
</html>
`;

export const teaser = ({ url, date, data }) =>
  `<li lang="${data.lang}"><h2><a href="${url}">${escaped(data.title)}</a></h2><p>${escaped(data.source)}, ${day(date)}</p><p>${escaped(data.summary)}</p></li>\n`;

const item = (site, { url, date, data }) =>
  `<item><title>${escaped(data.title)}</title><link>${site.address}${url}</link><guid>${site.address}${url}</guid><pubDate>${date.toUTCString()}</pubDate><description>${escaped(data.summary)}</description></item>\n`;

export const rss = (site, title, address, articles) => `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel>
<title>${title ? `${title} – ` : ""}${site.title}</title>
<link>${site.address}${address}</link>
<description>News about companies</description>
${articles.slice(0, 50).map((article) => item(site, article)).join("")}</channel></rss>
`;
