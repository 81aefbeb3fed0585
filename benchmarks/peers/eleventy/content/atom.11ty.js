import { escaped, moment } from "../page.js";

export const data = { permalink: "/atom.xml" };
export const render = ({ site, collections }) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${site.address}/</id>
<title>${site.title}</title>
<author><name>${site.title}</name></author>
<link rel="self" href="${site.address}/atom.xml"/>
<updated>${moment(collections.newest[0].date)}</updated>
${collections.newest.slice(0, 50).map(({ url, date, data }) => `<entry><id>${site.address}${url}</id><title>${escaped(data.title)}</title><link href="${site.address}${url}"/><updated>${moment(date)}</updated><summary>${escaped(data.summary)}</summary></entry>\n`).join("")}</feed>
`;
