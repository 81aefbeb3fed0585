export default { layout: "article.11ty.js", tags: ["article"], permalink: ({ page }) => `/articles/${page.fileSlug}/` };
