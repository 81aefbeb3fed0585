import { slug } from "../../eleventy.config.js";
import { day, escaped, moment, page } from "../../page.js";

export const render = (it) => page(it.site, {
  title: it.title, summary: it.summary, lang: it.lang, address: it.page.url,
  main: `<article>
<h1>${escaped(it.title)}</h1>
<p><a href="${it.source_url}">${escaped(it.source)}</a>, <time datetime="${moment(it.page.date)}">${day(it.page.date)}</time></p>
<ul>${it.companies.map((name) => `<li><a href="/companies/${slug(name)}/">${name}</a></li>`).join("")}</ul>
<p>${escaped(it.summary)}</p>
${it.content}</article>
`,
});
