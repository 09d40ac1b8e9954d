# The latency workload: an internet with delays and faults on real addresses (bench/Resolver.Internet), and names asked
# for the first time, one after the other at a gentle rate. Sourced by bench/peers/run.

ROUND_TRIP=20ms
FIRST_NAMES=1000
FIRST_RATE=100
COUNTS=127.0.0.1:5310

start_delayed_internet() {
    local folder=$LAB/zones state address live=() roots
    rm -rf "$folder" "$LAB/run"
    mkdir -p "$folder" "$LAB/run" "$LAB/first"
    roots="$(root_addresses A) $(root_addresses AAAA)"
    awk -v count="$ZONES" -v folder="$folder" -v delay="$ROUND_TRIP" -v roots="$(echo $roots)" \
        -f "$HERE/latency-internet.awk" || return 1
    make_root "$folder" || return 1
    "$LAB/internet/Resolver.Internet" addresses "$folder" > "$LAB/run/addresses" || return 1
    ip link set lo up
    swallow_packets || return 1
    while read -r state address; do
        case $state in
            live) live+=("$address") ;;
            dead) ip route add "$address" dev dead0 || return 1 ;;
        esac
    done < "$LAB/run/addresses"
    add_addresses "${live[@]}" || return 1
    start "$LAB/run/internet.log" "${AUTHORITY_PIN[@]}" "$LAB/internet/Resolver.Internet" serve "$folder" "$COUNTS"
    wait_for_dns 198.41.0.4 53 . SOA "$LAST_PID" && wait_for_dns 198.18.5.1 53 . SOA "$LAST_PID" || return 1
    dig @198.18.5.1 +tcp +tries=1 +time=2 . SOA > "$LAB/wait.out" 2>&1
}

# Packets that went where nothing answers.
swallowed() { awk '/dead0:/ { sub(/.*:/, ""); print $10 }' /proc/net/dev; }

# first_names ROUND   other names each round, the same for all peers.
first_names() {
    awk -v seed="$1" -v count="$FIRST_NAMES" '
        function random() { state = (state * 16807) % 2147483647; return state / 2147483647 }
        { line[NR] = $0 }
        END {
            state = seed * 7919 + 1
            for (i = 1; i <= NR && i <= count; i++) {
                j = i + int(random() * (NR - i + 1))
                print line[j]
                line[j] = line[i]
            }
        }' "$LAB/zones/questions.txt" > "$LAB/first/questions-$1.txt"
    echo "$LAB/first/questions-$1.txt"
}

# measure_latency ROUND latency PEER   how long first-time resolutions take, by kind of name.
measure_latency() {
    local pid=${PEER_PID[$3]} before times=$LAB/first/$1-$3.txt
    kill -CONT "$pid"
    before=$(swallowed)
    "${LOAD_PIN[@]}" "$LAB/internet/Resolver.Internet" ask "127.0.0.1:${PEER_PORT[$3]}" "$(first_names "$1")" \
        "$FIRST_RATE" "$COUNTS" "$times" || return 1
    kill -STOP "$pid"
    awk -v round="$1" -v peer="$3" -v swallowed=$(($(swallowed) - before)) '
        $1 == "queries" { perName = ($2 + swallowed) / $4 }
        $1 == "kind" { print round, peer, $2, $3, $4, $5, $6, $7, $8, perName }
    ' "$times" | tee -a "${RAW%.txt}.latency.txt" | grep ' all '
}
