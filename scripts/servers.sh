#!/bin/sh
# nginx, sshd and rsync for the tests of hosting and publishing: Debian's, where this is a Debian and we are root. Elsewhere
# the tests name what they miss.
PATH="$PATH:/usr/sbin"
lacking=""
command -v nginx >/dev/null 2>&1 || lacking="$lacking nginx-light"
command -v sshd >/dev/null 2>&1 || lacking="$lacking openssh-server"
command -v rsync >/dev/null 2>&1 || lacking="$lacking rsync"
[ -z "$lacking" ] && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    # shellcheck disable=SC2086  # names of packages, parted by spaces
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $lacking >/dev/null && exit 0
fi
echo "not here, and cannot be installed:$lacking; the tests that need them will not run (they fail under CI=true)" >&2
exit 0
