"""Static hosts: which files each of them reads beside the site's own, and how much it takes.

The figures are those of free plans, as the hosts' own pages gave them in November 2026 (`source`).
"""

from typing import Literal, get_args

import msgspec

HostName = Literal["any", "bucket", "cloudflare", "github", "gitlab", "netlify", "nginx"]
HOSTS: tuple[HostName, ...] = get_args(HostName)
MIB, GB = 1024**2, 1_000_000_000


class Host(msgspec.Struct, frozen=True, kw_only=True):
    """A host; a cap of 0 is none. `reads` are the files by which it is told how to serve the site."""

    name: str
    reads: tuple[str, ...] = ()
    files: int = 0  # in a site
    entries: int = 0  # files and folders in a site
    beside: int = 0  # files in one folder
    largest: int = 0  # bytes of a file
    size: int = 0  # bytes of a site
    redirects: int = 0
    moves: int = 0  # redirects of whole folders
    forced: bool = False  # whether it redirects from where a page stands only by force
    source: str = ""


CLOUDFLARE = Host(
    name="Cloudflare Pages",
    reads=("_headers", "_redirects"),
    files=20_000,
    largest=25 * MIB,
    redirects=2_000,  # static ones, in _redirects; and dynamic ones
    moves=100,
    source="https://developers.cloudflare.com/pages/platform/limits/",
)
GITHUB = Host(
    name="GitHub Pages",
    reads=(".nojekyll",),
    largest=100 * MIB,  # what git may push there
    size=GB,
    source="https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
)
GITLAB = Host(
    name="GitLab Pages",
    entries=200_000,
    size=GB,
    source="https://docs.gitlab.com/user/gitlab_com/#gitlab-pages",
)
NETLIFY = Host(
    name="Netlify",
    reads=("_headers", "_redirects"),
    forced=True,
    beside=54_000,
    source="https://docs.netlify.com/deploy/deploy-overview/",
)
NGINX = Host(name="nginx", reads=("nginx.conf",))
KNOWN: dict[HostName, Host] = {
    "bucket": Host(name="a bucket"),
    "cloudflare": CLOUDFLARE,
    "github": GITHUB,
    "gitlab": GITLAB,
    "netlify": NETLIFY,
    "nginx": NGINX,
}
