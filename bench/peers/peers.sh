# The table of peers: for each NAME a port and a function start_peer_NAME. All get the same terms: one thread, no
# validation, the hints of this repository, a cache large enough for the whole run, every other default their own.
# Sourced by bench/peers/run and tests/interop/run after tests/interop/lib/servers.sh. Uses: LAB, HINTS, PROGRAM.

declare -A PEER_PORT=([resolver]=5300 [unbound]=5301 [bind]=5302 [knot]=5303 [powerdns]=5304)

# The packages that the peers come from.
declare -A PEER_PACKAGE=([resolver]='' [unbound]=unbound [bind]=bind9 [knot]=knot-resolver [powerdns]=pdns-recursor)

start_peer_resolver() {
    start_resolver resolver "$PROGRAM" serve --root-hints "$HINTS" --listen "127.0.0.1:${PEER_PORT[resolver]}" \
        --set server.threads=1 --set cache.size=256MiB --set dnssec.validation=false
}

start_peer_unbound() {
    start_unbound unbound "${PEER_PORT[unbound]}" 'msg-cache-size: 128m' 'rrset-cache-size: 256m' \
        'incoming-num-tcp: 200' 'so-rcvbuf: 0'
}

start_peer_bind() {
    local dir=$LAB/run/bind
    mkdir -p "$dir"
    cat > "$dir/named.conf" <<CONF
options {
    directory "$dir"; pid-file none; session-keyfile none; lock-file none;
    listen-on port ${PEER_PORT[bind]} { 127.0.0.1; }; listen-on-v6 { none; };
    recursion yes; allow-query { any; }; allow-recursion { any; };
    dnssec-validation no; max-cache-size 256m; tcp-clients 200;
};
controls { };
zone "." { type hint; file "$HINTS"; };
CONF
    start "$dir/log" "${RECURSOR_PIN[@]}" named -g -n 1 -c "$dir/named.conf"
}

start_peer_knot() {
    local dir=$LAB/run/knot-resolver
    # Its cache is a file that outlives it: each round begins without.
    rm -rf "$dir"
    mkdir -p "$dir"
    cat > "$dir/kresd.conf" <<CONF
net.listen('127.0.0.1', ${PEER_PORT[knot]}, { kind = 'dns' })
cache.open(256 * MB, 'lmdb://$dir/cache')
modules = { 'hints > iterate' }
hints.root_file('$HINTS')
trust_anchors.remove('.')
CONF
    start "$dir/log" "${RECURSOR_PIN[@]}" kresd -n -c "$dir/kresd.conf" "$dir"
}

start_peer_powerdns() {
    local dir=$LAB/run/powerdns
    mkdir -p "$dir"
    cat > "$dir/recursor.conf" <<CONF
daemon=no
local-address=127.0.0.1
local-port=${PEER_PORT[powerdns]}
socket-dir=$dir
hint-file=$HINTS
dnssec=off
threads=1
distributor-threads=0
pdns-distributes-queries=no
allow-from=127.0.0.0/8
dont-query=
query-local-address=0.0.0.0, ::
security-poll-suffix=
max-tcp-clients=200
quiet=yes
setuid=
setgid=
CONF
    start "$dir/log" "${RECURSOR_PIN[@]}" pdns_recursor --config-dir="$dir"
}
