# Sourced by what runs a broker, with $peer, its name, and $root, the top folder: starts and stops that broker and loads it. What is
# started ends with the script that sources this, however that comes. PORT is the first of five ports on loopback that it may use,
# XDG_CACHE_HOME where peers are kept. COMPARE_PID is a script with which this one ends.

. "$root/.ci/tools.sh"
need_jdk
java=$JAVA_HOME/bin/java
here=$root/benchmarks/compare
load=$root/benchmarks/load/target/benchmark-load.jar
port=${PORT:-62700}
stomp_port=$port
ws_port=$((port + 1))
cache=${XDG_CACHE_HOME:-${HOME:-$root/target}/.cache}/gatepost-compare
mkdir -p "$cache" "$root/target"
work=$(mktemp -d "$root/target/compare-$peer-XXXXXX")
group=
loading=
waiting=

fail() {
    echo "$peer: $*" >&2
    exit 1
}

# spawn FOLDER COMMAND...: starts it in a process group of its own, whose number is then in $group. Should this script be killed,
# a watcher ends the group.
spawn() {
    folder=$1
    shift
    cd "$folder"
    setsid "$@" > "$work/out" 2>&1 < /dev/null &
    group=$!
    cd "$root"
    setsid sh -c 'tail --pid="$1" -f /dev/null; kill -s KILL -- "-$2"' watcher $$ "$group" > /dev/null 2>&1 < /dev/null &
    watcher=$!
}

# listens PORT: whether something does, as the kernel lists it: in hexadecimal digits, and with 0A for a socket that listens
listens() {
    grep -qi ":$(printf %04X "$1") [0-9A-F]*:0000 0A" /proc/net/tcp /proc/net/tcp6
}

# await_port PORT: waits until something listens there
await_port() {
    tenths=0
    until listens "$1"; do
        sleep 0.1
        kill -0 "$group" 2>/dev/null || { cat "$work/out" >&2; fail "ended while it was starting"; }
        tenths=$((tenths + 1))
        [ "$tenths" -lt "${START_SECONDS:-60}0" ] || fail "port $1 is not open"
    done
}

start_broker() {
    for offset in 0 1 2 3 4; do
        ! listens $((port + offset)) || fail "port $((port + offset)) is in use; PORT names the first of five others"
    done
    start
}

stop_broker() {
    [ -n "$group" ] || return 0
    kill -TERM "$group" 2>/dev/null || true
    tenths=0
    while kill -0 "$group" 2>/dev/null && [ "$tenths" -lt "${STOP_SECONDS:-15}0" ]; do
        sleep 0.1
        tenths=$((tenths + 1))
    done
    # and what the broker may have left behind
    kill -s KILL -- "-$group" 2>/dev/null || true
    kill -s KILL -- "-$watcher" 2>/dev/null || true
    group=
}

# load_broker OPTION...: the load program's status
load_broker() {
    "$java" -Xms512m -Xmx2g -XX:+UseParallelGC -jar "$load" --name="$peer" --pid="$pid" --stomp="127.0.0.1:$stomp_port" \
        --ws="ws://127.0.0.1:$ws_port/stomp" $options "$@" &
    loading=$!
    loaded=0
    wait "$loading" || loaded=$?
    loading=
    return "$loaded"
}

end() {
    trap '' INT TERM HUP
    [ -z "$waiting" ] || kill -s KILL -- "-$waiting" 2>/dev/null || true
    [ -z "$loading" ] || kill "$loading" 2>/dev/null || true
    stop_broker
    rm -rf "$work"
}
trap end EXIT
trap 'exit 130' INT TERM HUP

if [ -n "${COMPARE_PID:-}" ]; then
    setsid sh -c 'tail --pid="$1" -f /dev/null; kill -TERM "$2"' watcher "$COMPARE_PID" $$ > /dev/null 2>&1 < /dev/null &
    waiting=$!
fi
ulimit -n "$(ulimit -Hn)"
. "$here/peers/$peer"
fetch
