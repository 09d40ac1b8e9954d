# The table of peers: for each NAME a port and a function start_peer_NAME. All get the same terms: one thread,
# the hints of this repository, a cache large enough for the whole run, no validation or (with a DS record of the root in
# the file ANCHOR) validation of everything; every other default their own. With CACHE_MIB all have caches of so many MiB.
# "floor" is no resolver: bench/Resolver.Floor says the same to every question. "two-loops" is the resolver with two threads.
# Sourced by bench/peers/run and the labs of tests/interop after tests/interop/lib/servers.sh. Uses: LAB, HINTS, PROGRAM,
# ANCHOR, UNBOUND_LINES (further lines of Unbound's server section).

declare -A PEER_PORT=([resolver]=5300 [unbound]=5301 [bind]=5302 [knot]=5303 [powerdns]=5304 [floor]=5305 [two-loops]=5306)

# Octets of PowerDNS Recursor's memory for a name with one address.
POWERDNS_NAME=931

# The packages that the peers come from.
declare -A PEER_PACKAGE=([resolver]='' [unbound]=unbound [bind]=bind9 [knot]=knot-resolver [powerdns]=pdns-recursor [floor]='' [two-loops]='')

# The anchor as BIND has it: TAG ALGORITHM DIGEST-TYPE "DIGEST".
anchor_of_bind() {
    awk '{ digest = ""; for (i = 7; i <= NF; i++) digest = digest $i; print $4, $5, $6, "\"" digest "\"" }' "$ANCHOR"
}

UNBOUND_LINES=()

start_peer_resolver() { start_loops resolver 1; }

start_peer_two-loops() { start_loops two-loops 2; }

# start_loops PEER COUNT   the resolver with so many loops.
start_loops() {
    local validation=(--set dnssec.validation=false)
    [ -z "${ANCHOR:-}" ] || validation=(--trust-anchor "$ANCHOR")
    start_resolver "$1" "$PROGRAM" serve --root-hints "$HINTS" --listen "127.0.0.1:${PEER_PORT[$1]}" \
        --set server.threads="$2" --set cache.size="${CACHE_MIB:-256}MiB" "${validation[@]}"
}

start_peer_floor() {
    start_resolver floor "$LAB/floor/Resolver.Floor" "127.0.0.1:${PEER_PORT[floor]}"
}

start_peer_unbound() {
    local validation=() message=128m rrset=256m
    # Its manual has twice as much for RRsets as for messages.
    [ -z "${CACHE_MIB:-}" ] || { message=$((CACHE_MIB * 1024 / 3))k; rrset=$((CACHE_MIB * 2048 / 3))k; }
    [ -z "${ANCHOR:-}" ] || validation=('module-config: "validator iterator"' "trust-anchor-file: \"$ANCHOR\"")
    start_unbound unbound "${PEER_PORT[unbound]}" "msg-cache-size: $message" "rrset-cache-size: $rrset" \
        'incoming-num-tcp: 200' 'so-rcvbuf: 0' "${validation[@]}" "${UNBOUND_LINES[@]}"
}

start_peer_bind() {
    local dir=$LAB/run/bind validation=no anchors=''
    mkdir -p "$dir"
    [ -z "${ANCHOR:-}" ] || { validation=yes; anchors="trust-anchors { . static-ds $(anchor_of_bind); };"; }
    cat > "$dir/named.conf" <<CONF
options {
    directory "$dir"; pid-file none; session-keyfile none; lock-file none;
    listen-on port ${PEER_PORT[bind]} { 127.0.0.1; }; listen-on-v6 { none; };
    recursion yes; allow-query { any; }; allow-recursion { any; };
    dnssec-validation $validation; max-cache-size ${CACHE_MIB:-256}m; tcp-clients 200;
};
controls { };
$anchors
zone "." { type hint; file "$HINTS"; };
CONF
    start "$dir/log" "${RECURSOR_PIN[@]}" named -g -n 1 -c "$dir/named.conf"
}

start_peer_knot() {
    local dir=$LAB/run/knot-resolver anchor=''
    # Its cache is a file that outlives it: each round begins without.
    rm -rf "$dir"
    mkdir -p "$dir"
    [ -z "${ANCHOR:-}" ] || anchor="trust_anchors.add([[$(cat "$ANCHOR")]])"
    cat > "$dir/kresd.conf" <<CONF
net.listen('127.0.0.1', ${PEER_PORT[knot]}, { kind = 'dns' })
cache.open(${CACHE_MIB:-256} * MB, 'lmdb://$dir/cache')
modules = { 'hints > iterate' }
hints.root_file('$HINTS')
trust_anchors.remove('.')
$anchor
CONF
    # What makes room in its cache is a program of its own, as Debian starts it; without, a full cache is emptied.
    if [ -n "${CACHE_MIB:-}" ]; then
        mkdir -p "$dir/cache"
        start "$dir/gc.log" "${RECURSOR_PIN[@]}" kres-cache-gc -c "$dir/cache" -d 1000
    fi
    start "$dir/log" "${RECURSOR_PIN[@]}" kresd -n -c "$dir/kresd.conf" "$dir"
}

start_peer_powerdns() {
    local dir=$LAB/run/powerdns validation=dnssec=off sizes=''
    # Its caches are told in entries: as many as fit by what a name takes (own octets a name of the workload memory).
    [ -z "${CACHE_MIB:-}" ] || sizes=$(printf 'max-cache-entries=%d\nmax-packetcache-entries=%d' \
        $((CACHE_MIB * 1048576 / POWERDNS_NAME)) $((CACHE_MIB * 1048576 / POWERDNS_NAME)))
    mkdir -p "$dir"
    if [ -n "${ANCHOR:-}" ]; then
        validation=$(printf 'dnssec=validate\nlua-config-file=%s' "$dir/anchors.lua")
        printf "clearTA('.')\naddTA('.', '%s')\n" "$(anchor_of_bind | tr -d '"')" > "$dir/anchors.lua"
    fi
    cat > "$dir/recursor.conf" <<CONF
daemon=no
local-address=127.0.0.1
local-port=${PEER_PORT[powerdns]}
socket-dir=$dir
hint-file=$HINTS
$validation
threads=1
distributor-threads=0
pdns-distributes-queries=no
allow-from=127.0.0.0/8
dont-query=
query-local-address=0.0.0.0, ::
security-poll-suffix=
max-tcp-clients=200
$sizes
quiet=yes
setuid=
setgid=
CONF
    start "$dir/log" "${RECURSOR_PIN[@]}" pdns_recursor --config-dir="$dir"
}
