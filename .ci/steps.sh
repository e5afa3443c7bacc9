# What .ci/run and .ci/long share: steps that are counted, and the services that tests need. Sourced, in the repository's root.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

work=$(mktemp -d)
export COUNTS_FILE="$work/counts"
: >"$COUNTS_FILE"
postgres_data=
finish() {
    [ -n "$postgres_data" ] && as_postgres "$postgres_bin/pg_ctl" -D "$postgres_data" -m immediate stop >/dev/null 2>&1
    rm -rf "$work" ${postgres_data:+"$postgres_data"}
}
trap finish EXIT

started=$SECONDS
failures=0
say() { printf '\n== %s  (%d s since the start)\n' "$1" "$((SECONDS - started))"; }

# A step that fails without having counted anything is one failure.
step() {
    local name=$1 before after status
    shift
    say "$name"
    before=$(wc -l <"$COUNTS_FILE")
    "$@"
    status=$?
    after=$(wc -l <"$COUNTS_FILE")
    if [ "$status" -ne 0 ]; then
        failures=$((failures + 1))
        echo "== $name failed with $status"
        [ "$before" -eq "$after" ] && echo "{\"passed\":0,\"failed\":1,\"names\":[\"$name\"]}" >>"$COUNTS_FILE"
    fi
    return 0
}

# Prints what failed and then, alone on the last line, the sum of all tests and checks. The script's exit code is this one's.
sum_up() {
    say 'done'
    node -e '
        const lines = require("fs").readFileSync(process.argv[1], "utf8").trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
        const sum = (name) => lines.reduce((total, line) => total + line[name], 0);
        const failed = Math.max(sum("failed"), Number(process.argv[2]));
        for (const name of lines.flatMap((line) => line.names ?? [])) console.log(`FAILED  ${name}`);
        console.log(`${sum("passed")} passed, ${failed} failed`);
        process.exitCode = failed === 0 && sum("passed") > 0 ? 0 : 1;
    ' "$COUNTS_FILE" "$failures"
}

pnpm() { npx -y pnpm@10 "$@" </dev/null; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi; }

# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

find_postgres() { postgres_bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1); [ -n "$postgres_bin" ]; }

has() {
    case $1 in
    chromium) command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ;;
    postgresql) find_postgres ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

# Installs what is missing of the Debian packages that are named.
install_missing() {
    local missing=() package
    for package in "$@"; do has "$package" || missing+=("$package"); done
    [ ${#missing[@]} -eq 0 ] && return 0
    echo "installing ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    # The package would start a server of its own.
    as_root sh -c 'mkdir -p /etc/postgresql-common; [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf'
    as_root apt-get update -qq && as_root apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

# On a free port, with nothing kept: a PostgreSQL that someone else runs is left alone. Redis the tests start themselves.
start_postgres() {
    local port
    find_postgres || return 1
    postgres_data=$(mktemp -d)
    [ "$(id -u)" -eq 0 ] && chown postgres "$postgres_data"
    port=$(free_port)
    as_postgres "$postgres_bin/initdb" -D "$postgres_data" -U postgres -A trust -E UTF8 --no-sync >"$work/postgres.log" 2>&1 &&
        as_postgres "$postgres_bin/pg_ctl" -D "$postgres_data" -w -l "$postgres_data/log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -c fsync=off -k $postgres_data" start >>"$work/postgres.log" 2>&1 &&
        export DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres" && return 0
    cat "$work/postgres.log"
    return 1
}
