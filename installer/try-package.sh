#!/bin/bash
# try-package.sh OLD.deb NEW.deb: installs the first in a new minimal Debian tree, starts it, upgrades it with its data
# kept, and takes it off again. As root. TREES names the folder for the trees (a base is made once with debootstrap).
set -euo pipefail

old=$(realpath "$1") new=$(realpath "$2")
trees=${TREES:-/var/tmp/patrol-mdt-trees} suite=${SUITE:-bookworm} port=${PORT:-18971}
base=$trees/$suite run=$trees/run
step() { echo "== $*"; }
inside() { env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
  chroot "$run" "$@"; }

[ -d "$base/usr" ] || { step "a minimal $suite"; debootstrap --variant=minbase "$suite" "$base" >"$trees.log"; }
clean() { for place in proc dev/shm dev; do umount -lq "$run/$place" 2>/dev/null || true; done; }
clean
grep -q " $run/" /proc/mounts && { echo "something is still mounted under $run"; exit 2; }
rm -rf --one-file-system "$run"; mkdir -p "$run"; cp -a "$base/." "$run"
cp /etc/resolv.conf "$run/etc/"; cp -a /etc/apt/apt.conf.d/99* "$run/etc/apt/apt.conf.d/" 2>/dev/null || true
mkdir -p "$run/etc/ssl/certs"; cp /etc/ssl/certs/ca-certificates.crt "$run/etc/ssl/certs/"
mount -t proc proc "$run/proc"; mount --bind /dev "$run/dev"; mkdir -p "$run/dev/shm"
trap clean EXIT
cp "$old" "$run/old.deb"; cp "$new" "$run/new.deb"

step "install"
inside apt-get update -qq
inside apt-get install -y -qq --no-install-recommends /old.deb curl desktop-file-utils apparmor >/dev/null 2>"$trees/apt.log" \
  || { tail -20 "$trees/apt.log"; exit 1; }
inside dpkg --verify patrol-mdt
before=$(inside mdt --version); echo "$before"

step "files"
inside desktop-file-validate /usr/share/applications/patrol-mdt.desktop /usr/share/applications/patrol-mdt-training.desktop
inside apparmor_parser -QK /etc/apparmor.d/patrol-mdt
inside sh -c '! find /opt/patrol-mdt -perm /022 ! -type l | grep .'
inside sh -c '! find /opt/patrol-mdt ! -user root | grep .'
inside stat -c '%U %a %n' /var/lib/patrol-mdt-hq /etc/patrol-mdt /var/lib/patrol-mdt-updates

step "headquarters, under its own user, with the service's credential"
inside sh -c 'install -d -m 700 -o patrol-mdt /run/cred && head -c 32 /dev/urandom | od -An -tx1 | tr -d " \n" > /run/cred/patrol-mdt-key \
  && chown patrol-mdt /run/cred/patrol-mdt-key && chmod 400 /run/cred/patrol-mdt-key'
as_service() { inside setpriv --reuid patrol-mdt --regid patrol-mdt --clear-groups \
  env CREDENTIALS_DIRECTORY=/run/cred HOME=/nonexistent "$@"; }
as_service mdt hq init --folder /var/lib/patrol-mdt-hq --ori CT0056700 --host localhost
line="mdt_app hq serve --folder /var/lib/patrol-mdt-hq --port $port"
serve() { # starts headquarters, waits until it answers, has it do something for a desk, ends it
  as_service mdt hq serve --folder /var/lib/patrol-mdt-hq --port "$port" >"$trees/serve.log" 2>&1 &
  local service=$! code=""
  for _ in $(seq 300); do
    code=$(inside curl -sk --tlsv1.3 -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port/v1/health") && break; sleep 1
  done
  echo "headquarters answers over TLS 1.3: $code"; [ "$code" = 200 ] || { cat "$trees/serve.log"; exit 1; }
  as_service mdt hq desk --folder /var/lib/patrol-mdt-hq chief administrator >/dev/null
  kill -TERM "$(pgrep -f "^/opt/patrol-mdt/current/bin/python -I -m $line")"
  wait "$service" && echo "headquarters ended in order"
}
serve

step "the car: doctor says what is missing; the demonstration runs with what the package brings"
inside mdt doctor || echo "(status $?: there are no settings yet)"
inside timeout 1200 mdt demo --offscreen --minutes 5 >"$trees/demo.json" 2>"$trees/demo.log" || { tail -5 "$trees/demo.log"; exit 1; }
cat "$trees/demo.json"

step "upgrade, with the data kept"
count() { inside sh -c 'cd /var/lib/patrol-mdt-hq && ls -A | sort | tr "\n" " "'; }
held=$(count)
inside apt-get install -y -qq --no-install-recommends /new.deb >/dev/null 2>>"$trees/apt.log" || { tail -20 "$trees/apt.log"; exit 1; }
after=$(inside mdt --version); echo "$before -> $after"; [ "$before" != "$after" ]
[ "$(count)" = "$held" ] || { echo "the data is not what it was: $held / $(count)"; exit 1; }
serve

step "remove, and purge: the records stay"
inside apt-get purge -y -qq patrol-mdt 2>&1 | grep "stays" || true
inside sh -c '! ls -d /opt/patrol-mdt /usr/bin/mdt /usr/lib/systemd/system/patrol-mdt-hq.service 2>/dev/null | grep .'
[ "$(count)" = "$held" ] || { echo "the records are gone"; exit 1; }
echo "== all well"
