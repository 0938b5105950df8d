# Read by ./run and ./test: makes sure that a program is there. As root on Debian a missing one is installed.

# install WHAT PACKAGE...: the first of the packages that can be had
install() {
    what=$1
    shift
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        [ -n "${updated:-}" ] || apt-get update -qq
        updated=yes
        for package in "$@"; do
            DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null && return 0
        done
    fi
    echo "$what is missing. On Debian: apt-get install $1" >&2
    exit 1
}

# need PROGRAM PACKAGE
need() {
    command -v "$1" >/dev/null 2>&1 || install "$1" "$2"
}

# Sets JAVA_HOME to a JDK from 17 to 23: Gatepost is built for 17, and Karaf's shell does not run on 24 or later.
find_jdk() {
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/*17* /usr/lib/jvm/*21* /usr/lib/jvm/*; do
        [ -n "$home" ] || continue
        release=$("$home/bin/javac" -version 2>/dev/null | sed 's/^javac \([0-9]*\).*/\1/')
        if [ "${release:-0}" -ge 17 ] && [ "$release" -le 23 ]; then
            JAVA_HOME=$home
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}

need_jdk() {
    find_jdk || { install "A JDK 17" openjdk-17-jdk-headless openjdk-21-jdk-headless; find_jdk; }
}
