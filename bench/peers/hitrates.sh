# The hit-rates workload: equally small caches, names by Zipf's law with scans of names asked once, and what of the
# questions reached the servers. Sourced by bench/peers/run. Uses: LAB, HERE, PEER_PORT, load, restart_peer, nsd_queries.

# Few zones, so that caches hold names and not delegations.
RATE_ZONES=200
RATE_NAMES=60000
RATE_QUESTIONS=300000
RATE_CACHE_MIB=4

# counted FILE PEER   questions asked, then queries that hosted zones and that all servers got meanwhile.
counted() {
    local hosted all MAX_SECONDS=600
    hosted=$(nsd_queries hosted)
    all=$(($(nsd_queries root) + $(nsd_queries tld)))
    load "${PEER_PORT[$2]}" "$1"
    all=$(($(nsd_queries root) + $(nsd_queries tld) - all))
    hosted=$(($(nsd_queries hosted) - hosted))
    echo "$hosted $((all + hosted))"
}

# measure_hit-rates ROUND hit-rates PEER   the first half of the questions fills the cache, the second counts.
measure_hit-rates() {
    local scans file=$LAB/questions/rates.txt half=$((RATE_QUESTIONS / 2)) asked once
    mkdir -p "$LAB/questions"
    for scans in 0 20 50; do
        awk -v kind=rates -v count="$RATE_QUESTIONS" -v names="$RATE_NAMES" -v scans="$scans" -v round="$1" -v seed=1 \
            -v zones="$ZONES" -f "$HERE/questions.awk" > "$file"
        head -n "$half" "$file" > "$file.first"
        tail -n "$half" "$file" > "$file.second"
        once=$(grep -c '^f' "$file.second")
        restart_peer "$3" || return 1
        counted "$file.first" "$3" > "$LAB/wait.out"
        asked=$(counted "$file.second" "$3")
        kill -STOP "${PEER_PID[$3]}"
        # What was not asked would count as answered without a query.
        grep -q "Queries sent: *$half\$" "$LAB/dnsperf.out" || { echo "$3: not all was asked in time" >&2; return 1; }
        figures "$1" "$2" "$3" "$scans" $((half - once)) "$once" "$asked"
    done
}
