#!/bin/sh
# system-packages.sh [LIST]: installs the Debian or Ubuntu packages of a list beside it, or says which line to type.
# Without LIST: what the program needs.
set -eu

list="$(dirname "$0")/${1:-system-packages.txt}"
packages=$(grep -v '^#' "$list" | cut -d' ' -f1)

command -v dpkg-query >/dev/null 2>&1 || {
  echo "This is no Debian or Ubuntu: install by hand what $list names." >&2
  exit 0
}

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

missing=""
for choice in $packages; do
  found=""
  for package in $(echo "$choice" | tr '|' ' '); do installed "$package" && found=yes; done
  [ -n "$found" ] || missing="$missing ${choice%%|*}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then as_root="sudo -n"
else
  echo "Some system packages are missing. Please type this once, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
  exit 1
fi

echo "Installing system packages:$missing"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
