# The lab's internet: lays out the zones of tests/interop/internet (and generated ones) and starts the servers.
# Sourced by tests/interop/run after lib/servers.sh. Uses: LAB, HINTS, INTERNET (the folder of zones),
# COMPARER (the judge, which also plays the odd servers).

MANY_NAME_SERVERS=$(for i in $(seq 11 23); do echo "198.18.3.$i 2001:2:0:3::$i"; done)

# each_server COMMAND   runs "COMMAND NAME SOFTWARE ADDRESSES ALSO" for each line of servers.txt.
each_server() {
    local name software addresses also
    while read -r name software addresses also; do
        case $name in ''|'#'*) continue ;; esac
        addresses=${addresses//,/ }
        addresses=${addresses/ROOT/$(root_addresses A) $(root_addresses AAAA)}
        addresses=${addresses/MANY/$MANY_NAME_SERVERS}
        "$1" "$name" "$software" "$addresses" "$also" < /dev/null || return 1
    done < "$INTERNET/servers.txt"
}

# lay_zones SEED COUNT   copies the zones to LAB/zones, makes the root's own from the hints, and adds COUNT
# generated zones.
lay_zones() {
    local folder=$LAB/zones
    mkdir -p "$folder" && cp -r "$INTERNET"/*/ "$folder" || return 1
    make_root "$folder/root" || return 1
    awk -v seed="$1" -v count="$2" -v folder="$folder" \
        -f "$INTERNET/broken.awk" -f "$INTERNET/generate.awk" || return 1
    each_server also_serve
}

also_serve() { # NAME SOFTWARE ADDRESSES ALSO
    local zone
    [ "$4" = - ] && return 0
    for zone in ${4//,/ }; do
        cp "$LAB"/zones/*/"$zone.zone" "$LAB/zones/$1/" || return 1
    done
}

bring_up_network() {
    ip link set lo up
    swallow_packets 198.18.66.0/24 2001:2:0:66::/64 || return 1
    add_addresses 198.18.6.1 2001:2:0:6::1
    # shellcheck disable=SC2046
    add_addresses $(odd_servers | sed 's/=.*//')
    each_server add_server_addresses
}

add_server_addresses() { # NAME SOFTWARE ADDRESSES ALSO
    # shellcheck disable=SC2086
    add_addresses $3
}

# The servers of tests/Resolver.Interop/OddServer.cs: ADDRESS=BEHAVIOUR, in the order of internet/broken.awk.
odd_servers() {
    local number=0 behaviour
    for behaviour in servfail notimp formerr notcp bare other; do
        number=$((number + 1))
        printf '198.18.5.%d=%s 2001:2:0:5::%d=%s ' "$number" "$behaviour" "$number" "$behaviour"
    done | tr ' ' '\n'
}

start_internet() {
    each_server start_authority && each_server wait_for_authority || return 1
    # shellcheck disable=SC2046
    start "$LAB/run/odd.log" "$COMPARER" odd --listen "$(odd_servers | paste -sd,)"
}

start_authority() { # NAME SOFTWARE ADDRESSES ALSO
    # shellcheck disable=SC2086
    "start_$2" "$1" "$LAB/zones/$1" $3
}

wait_for_authority() { # NAME SOFTWARE ADDRESSES ALSO
    # shellcheck disable=SC2086
    set -- "$1" $3
    if ! wait_for_dns "$2" 53 . SOA; then
        tail -n 5 "$LAB/run/$1/log" >&2
        return 1
    fi
}
