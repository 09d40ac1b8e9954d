# Starting the programs of the lab inside its network namespace: authoritative servers and recursive ones.
# Sourced by tests/interop/run and bench/peers/run. Uses: LAB (scratch folder), HINTS (root.hints).
# Every process started here is noted in STARTED and ended by stop_started; none is ever ended by name.

STARTED=()
AUTHORITY_PIN=()      # for example (taskset -c 0)
RECURSOR_PIN=()

# enter_namespace SCRIPT ARGUMENT...   runs the script again as the first process of new network and process
# namespaces: its addresses are seen by nobody else, and whatever it started dies with it.
enter_namespace() {
    local flags=(--net --pid --fork --kill-child --mount --mount-proc)
    [ "$(id -u)" -eq 0 ] || flags+=(--user --map-root-user)
    exec unshare "${flags[@]}" env INSIDE_LAB=1 "$@"
}

# root_addresses FAMILY   the addresses of root.hints: A or AAAA.
root_addresses() {
    awk -v family="$1" '$0 !~ /^;/ && $3 == family { print $4 }' "$HINTS"
}

# make_root FOLDER   adds the root's own servers to FOLDER/root.zone, and makes root-servers.net, from root.hints.
make_root() {
    local records
    records=$(awk '$0 !~ /^;/ && $3 == "NS" { print "@ NS " tolower($4) }
        $0 !~ /^;/ && ($3 == "A" || $3 == "AAAA") { print tolower($1), $3, $4 }' "$HINTS") || return 1
    echo "$records" >> "$1/root.zone"
    {
        printf '$ORIGIN root-servers.net.\n$TTL 3600000\n@ SOA a nstld.lab.example.com. 1 14400 7200 1209600 3600\n'
        echo "$records"
    } > "$1/root-servers.net.zone"
}

# add_addresses ADDRESS...   on the loopback interface of the namespace.
add_addresses() {
    local address
    for address in "$@"; do
        case $address in
            *:*) echo "address add $address/128 dev lo nodad" ;;
            *) echo "address add $address/32 dev lo" ;;
        esac
    done | ip -force -batch - || return 1
}

# swallow_packets NETWORK...   routes them to an interface from which nothing returns.
swallow_packets() {
    local network
    ip link add dead0 type veth peer name dead1 && ip link set dead0 arp off up && ip link set dead1 up || return 1
    for network in "$@"; do
        ip route add "$network" dev dead0 || return 1
    done
}

start() { # start LOG COMMAND...   in the background; LAST_PID is its process
    local log=$1
    shift
    "$@" > "$log" 2>&1 < /dev/null &
    LAST_PID=$!
    STARTED+=("$LAST_PID")
}

stop_process() { # stop_process PID   waits for it, at most ten seconds
    local i
    kill -CONT "$1" 2>/dev/null
    kill -TERM "$1" 2>/dev/null
    for i in $(seq 200); do
        kill -0 "$1" 2>/dev/null || break
        sleep 0.05
    done
    kill -KILL "$1" 2>/dev/null
    wait "$1" 2>/dev/null
}

stop_started() {
    local pid
    for pid in "${STARTED[@]}"; do
        stop_process "$pid"
    done
    STARTED=()
}

# start_nsd NAME ZONE_FOLDER ADDRESS...   serves each file ZONE.zone of the folder (root.zone is the root), and what
# the configuration lines in the file NSD_ZONES add. With NSD_CONTROL it counts (nsd_queries).
start_nsd() {
    local name=$1 folder=$2 dir=$LAB/run/$1 file zone
    shift 2
    mkdir -p "$dir"
    {
        echo "server:"
        printf '    ip-address: %s\n' "$@"
        # Debian builds NSD with response rate limiting on: 200 a second would falsify every measurement.
        printf '    %s\n' 'server-count: 1' 'username: ""' 'database: ""' 'verbosity: 1' \
            'rrl-ratelimit: 0' 'rrl-whitelist-ratelimit: 0' 'tcp-count: 400' 'tcp-timeout: 10' \
            'zonefiles-write: 0' \
            "pidfile: \"$dir/pid\"" "zonelistfile: \"$dir/zone.list\"" "xfrdfile: \"$dir/xfrd.state\"" \
            "xfrdir: \"$dir\"" "zonesdir: \"$folder\""
        echo "remote-control:"
        if [ -n "${NSD_CONTROL:-}" ]; then
            printf '    control-enable: yes\n    control-interface: "%s/control"\n' "$dir"
        else
            echo "    control-enable: no"
        fi
        for file in "$folder"/*.zone; do
            [ -e "$file" ] || continue
            zone=$(zone_name "$file")
            printf 'zone:\n    name: "%s"\n    zonefile: "%s"\n' "$zone" "$file"
        done
        [ -z "${NSD_ZONES:-}" ] || cat "$NSD_ZONES"
    } > "$dir/nsd.conf"
    start "$dir/log" "${AUTHORITY_PIN[@]}" nsd -d -c "$dir/nsd.conf"
}

# nsd_queries NAME   the queries that it has got since it was started.
nsd_queries() {
    nsd-control -c "$LAB/run/$1/nsd.conf" stats_noreset | sed -n 's/^num\.queries=//p'
}

# start_knot NAME ZONE_FOLDER ADDRESS...
start_knot() {
    local name=$1 folder=$2 dir=$LAB/run/$1 file
    shift 2
    mkdir -p "$dir/db"
    {
        printf 'server:\n    rundir: "%s"\n    udp-workers: 1\n    tcp-workers: 1\n    background-workers: 1\n' "$dir"
        printf '    listen: [ '
        printf '"%s@53", ' "$@" | sed 's/, $//'
        printf ' ]\n'
        printf 'log:\n  - target: stderr\n    any: warning\n'
        printf 'database:\n    storage: "%s/db"\n' "$dir"
        printf 'template:\n  - id: default\n    zonefile-sync: -1\n    zonefile-load: whole\n'
        printf '    journal-content: none\n    semantic-checks: off\n'
        echo "zone:"
        for file in "$folder"/*.zone; do
            printf '  - domain: "%s"\n    file: "%s"\n' "$(zone_name "$file")" "$file"
        done
    } > "$dir/knot.conf"
    start "$dir/log" "${AUTHORITY_PIN[@]}" knotd -c "$dir/knot.conf"
}

zone_name() { # zone_name FILE   "root.zone" stands for the root
    local zone
    zone=$(basename "$1" .zone)
    if [ "$zone" = root ]; then echo .; else echo "$zone"; fi
}

# wait_for_dns ADDRESS PORT NAME TYPE [PID]   until a reply of any kind comes, at most 20 seconds.
wait_for_dns() {
    local i
    for i in $(seq 100); do
        if dig "@$1" -p "$2" "$3" "$4" +norec +tries=1 +time=1 > "$LAB/wait.out" 2>&1; then
            return 0
        fi
        if [ -n "${5:-}" ] && ! kill -0 "$5" 2>/dev/null; then
            echo "the server at $1 port $2 ended before it answered" >&2
            return 1
        fi
        sleep 0.2
    done
    echo "no reply from $1 port $2" >&2
    return 1
}

# start_unbound NAME PORT [LINE...]   on 127.0.0.1 and ::1; the lines join the server section.
start_unbound() {
    local name=$1 port=$2 dir=$LAB/run/$1
    shift 2
    mkdir -p "$dir"
    {
        echo "server:"
        printf '    %s\n' "interface: 127.0.0.1@$port" "interface: ::1@$port" 'do-daemonize: no' 'username: ""' \
            'chroot: ""' "directory: \"$dir\"" "pidfile: \"$dir/pid\"" 'use-syslog: no' "logfile: \"\"" \
            'num-threads: 1' 'module-config: "iterator"' "root-hints: \"$HINTS\"" \
            'access-control: 127.0.0.0/8 allow_snoop' 'access-control: ::1 allow_snoop' \
            'edns-buffer-size: 1232' 'max-udp-size: 1232' 'val-log-level: 0' "$@"
        printf 'remote-control:\n    control-enable: no\n'
    } > "$dir/unbound.conf"
    start "$dir/log" "${RECURSOR_PIN[@]}" unbound -d -p -c "$dir/unbound.conf"
}

# start_resolver NAME PROGRAM ARGUMENT...   the product; returns once it has printed its ready line.
start_resolver() {
    local name=$1 dir=$LAB/run/$1 i
    shift
    mkdir -p "$dir"
    "${RECURSOR_PIN[@]}" "$@" > "$dir/ready" 2> "$dir/log" < /dev/null &
    LAST_PID=$!
    STARTED+=("$LAST_PID")
    for i in $(seq 150); do
        grep -q '^ready ' "$dir/ready" && return 0
        kill -0 "$LAST_PID" 2>/dev/null || break
        sleep 0.1
    done
    echo "the resolver printed no ready line; its log:" >&2
    tail -n 20 "$dir/log" >&2
    return 1
}
