#!/bin/sh
# nginx for the tests of hosting: Debian's, where this is a Debian and we are root. Elsewhere the tests name what they miss.
PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null && exit 0
fi
echo "nginx is not here and cannot be installed; the tests of hosting will not run (they fail under CI=true)" >&2
exit 0
