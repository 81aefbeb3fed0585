// Markdown goes straight to markdown-it and pages are JavaScript: nothing passes through a second template language.
const ON_A_PAGE = 50;

export const slug = (name) => name.toLowerCase().replaceAll(" ", "-");

// Companies by name, each with its articles, newest first.
function grouped(articles) {
  const companies = new Map();
  for (const article of articles) {
    for (const name of article.data.companies) {
      if (!companies.has(name)) companies.set(name, { name, address: `/companies/${slug(name)}/`, articles: [] });
      companies.get(name).articles.push(article);
    }
  }
  return [...companies.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function paged(company) {
  const count = Math.ceil(company.articles.length / ON_A_PAGE);
  const address = (number) => company.address + (number > 1 ? `page/${number}/` : "");
  return Array.from({ length: count }, (_, index) => ({
    company,
    number: index + 1,
    count,
    address: address(index + 1),
    newer: index > 0 ? address(index) : "",
    older: index + 1 < count ? address(index + 2) : "",
    articles: company.articles.slice(index * ON_A_PAGE, (index + 1) * ON_A_PAGE),
  }));
}

export default function (eleventy) {
  eleventy.addGlobalData("site", { title: "The Benchmark Digest", address: "https://digest.example.com" });
  const newest = (all) => all.getFilteredByTag("article").sort((a, b) => b.date - a.date);
  eleventy.addCollection("newest", newest);
  eleventy.addCollection("companies", (all) => grouped(newest(all)));
  eleventy.addCollection("companyPages", (all) => grouped(newest(all)).flatMap(paged));
  return {
    dir: { input: "content", output: "public" },
    templateFormats: ["md", "11ty.js"],
    markdownTemplateEngine: false,
    htmlTemplateEngine: false,
  };
}
