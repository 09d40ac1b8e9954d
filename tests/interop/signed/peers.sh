# The validating resolvers of the signed lab, each with the lab's own trust anchor and every other default its own.
# Sourced by tests/interop/signed/run after tests/interop/lib/servers.sh. Uses: LAB, HINTS.

declare -A PEER_PORT=([unbound]=5301 [bind]=5302 [knot]=5303 [powerdns]=5304)

start_peer_unbound() {
    start_unbound unbound "${PEER_PORT[unbound]}" 'module-config: "validator iterator"' \
        "trust-anchor-file: \"$LAB/root.ds\"" 'trust-anchor-signaling: no' 'aggressive-nsec: no' 'do-ip6: yes'
}

anchor_of_bind() { # TAG ALGORITHM DIGEST-TYPE "DIGEST"
    awk '{ digest = ""; for (i = 7; i <= NF; i++) digest = digest $i; print $4, $5, $6, "\"" digest "\"" }' "$LAB/root.ds"
}

start_peer_bind() {
    local dir=$LAB/run/bind
    mkdir -p "$dir"
    cat > "$dir/named.conf" <<CONF
options {
    directory "$dir"; pid-file none; session-keyfile none; lock-file none;
    listen-on port ${PEER_PORT[bind]} { 127.0.0.1; }; listen-on-v6 { none; };
    recursion yes; allow-query { any; }; allow-recursion { any; };
    dnssec-validation yes; empty-zones-enable no;
};
controls { };
trust-anchors { . static-ds $(anchor_of_bind); };
zone "." { type hint; file "$HINTS"; };
CONF
    start "$dir/log" named -g -n 1 -c "$dir/named.conf"
}

start_peer_knot() {
    local dir=$LAB/run/knot-resolver
    mkdir -p "$dir"
    cat > "$dir/kresd.conf" <<CONF
net.listen('127.0.0.1', ${PEER_PORT[knot]}, { kind = 'dns' })
cache.open(64 * MB, 'lmdb://$dir/cache')
modules = { 'hints > iterate' }
hints.root_file('$HINTS')
trust_anchors.remove('.')
trust_anchors.add([[$(cat "$LAB/root.ds")]])
CONF
    start "$dir/log" kresd -n -c "$dir/kresd.conf" "$dir"
}

start_peer_powerdns() {
    local dir=$LAB/run/powerdns
    mkdir -p "$dir"
    printf "clearTA('.')\naddTA('.', '%s')\n" "$(anchor_of_bind | tr -d '"')" > "$dir/anchors.lua"
    cat > "$dir/recursor.conf" <<CONF
daemon=no
local-address=127.0.0.1
local-port=${PEER_PORT[powerdns]}
socket-dir=$dir
hint-file=$HINTS
dnssec=validate
lua-config-file=$dir/anchors.lua
threads=1
distributor-threads=0
pdns-distributes-queries=no
allow-from=127.0.0.0/8
dont-query=
query-local-address=0.0.0.0, ::
security-poll-suffix=
quiet=yes
setuid=
setgid=
CONF
    start "$dir/log" pdns_recursor --config-dir="$dir"
}
