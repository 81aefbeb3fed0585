"""Companies are Pelican's tags. No plugins; of Python-Markdown's extensions only the one that reads the metadata."""

SITENAME = AUTHOR = "The Benchmark Digest"
SITEURL = FEED_DOMAIN = "https://digest.example.com"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["articles"]
PAGE_PATHS = STATIC_PATHS = PLUGINS = THEME_STATIC_PATHS = FORMATTED_FIELDS = []
ARTICLE_TRANSLATION_ID = None
OUTPUT_PATH = "public"
THEME = "theme"
MARKDOWN = {"extension_configs": {"markdown.extensions.meta": {}}, "output_format": "html5"}
DELETE_OUTPUT_DIRECTORY = False

ARTICLE_URL = ARTICLE_LANG_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "articles/{slug}/index.html"
TAG_URL = "companies/{slug}/"
TAG_SAVE_AS = "companies/{slug}/index.html"
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "companies", "sitemap"]
COMPANIES_SAVE_AS = "companies/index.html"
SITEMAP_SAVE_AS = "sitemap.xml"
PAGINATED_TEMPLATES = {"tag": 50}
PAGINATION_PATTERNS = (
    (1, "{url}", "{save_as}"),
    (2, "{base_name}/page/{number}/", "{base_name}/page/{number}/index.html"),
)

FEED_MAX_ITEMS = 50
FEED_ALL_RSS = "rss.xml"
FEED_ALL_ATOM = "atom.xml"
TAG_FEED_RSS = "companies/{slug}/rss.xml"
RSS_FEED_SUMMARY_ONLY = True
CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None

# The fastest of its caches: what a file was read as, told by the file's time.
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "reader"
CHECK_MODIFIED_METHOD = "mtime"
GZIP_CACHE = False
