# Starts the signed internet inside its namespace. Sourced by tests/interop/signed/run and forwarding/run after
# lib/servers.sh and zones.sh. Uses: LAB, HINTS.

start_servers() {
    ip link set lo up
    # shellcheck disable=SC2046
    add_addresses $(root_addresses A) $(root_addresses AAAA) "$TLD_ADDRESS" "$NSD_ADDRESS" "$KNOT_ADDRESS" || return 1
    # shellcheck disable=SC2046
    start_nsd root "$LAB/zones/root" $(root_addresses A) $(root_addresses AAAA)
    start_nsd tld "$LAB/zones/tld" "$TLD_ADDRESS"
    start_nsd nsd "$LAB/zones/nsd" "$NSD_ADDRESS"
    start_knot knot "$LAB/zones/knot" "$KNOT_ADDRESS"
    wait_for_dns 198.41.0.4 53 . SOA && wait_for_dns "$TLD_ADDRESS" 53 com. SOA &&
        wait_for_dns "$NSD_ADDRESS" 53 bind-13.com. SOA && wait_for_dns "$KNOT_ADDRESS" 53 knot-13.com. SOA
}
