# Sourced after .ci/tools.sh, with $root, the top folder: builds the load program unless that was done since its source changed. Its
# archive is then $load. Scripts that run at the same time do it one after the other, so that none runs an archive that another one is writing.

load=$root/benchmarks/load/target/benchmark-load.jar
(
    flock 9
    if [ ! -f "$load" ] || [ -n "$(find "$root/benchmarks/load/pom.xml" "$root/benchmarks/load/src" -newer "$load")" ]; then
        need mvn maven
        mvn -B -q -f "$root/pom.xml" -pl benchmarks/load -DskipTests package
    fi
) 9< "$root/benchmarks/load/pom.xml"
