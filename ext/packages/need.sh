#!/bin/sh
# need.sh WHAT COMMAND:PACKAGE...: succeeds if all commands are there, after installing their Debian packages where apt-get is there and
# may. Otherwise prints what is skipped and what it needs, and fails. A path for a command is a file that must exist.
what=$1
shift
missing() {
  for pair in "$@"; do
    case ${pair%%:*} in
      /*) [ -e "${pair%%:*}" ] ;;
      *) command -v "${pair%%:*}" >/dev/null ;;
    esac || echo "${pair#*:}"
  done | sort -u | tr '\n' ' '
}
wanted=$(missing "$@")
[ -n "$wanted" ] || exit 0
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  echo "installing for $what: ${wanted% }"
  apt-get update -qq >/dev/null 2>&1
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null 2>&1
  wanted=$(missing "$@")
  [ -n "$wanted" ] || exit 0
fi
echo "skipped: $what needs ${wanted% }"
exit 1
