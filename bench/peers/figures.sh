# The workloads whose figure is not processor time: memory, start and tail. Each measures one peer in one round and adds a
# line to FIGURES: round, workload, peer, figures as bench/peers/figures.awk names them.
# Sourced by bench/peers/run. Uses: LAB, PEER_PID, PEER_PORT, ZONES, VALIDATED, load, questions, start_peer.

# Fresh names after which memory is looked at.
MEMORY_NAMES=100000
# Popular and fresh names a second, and for how long.
TAIL_HITS=20000
TAIL_MISSES=2000
TAIL_SECONDS=10

figures() { # figures ROUND WORKLOAD PEER FIGURE...
    echo "$*" | tee -a "$FIGURES"
}

# resident PID   octets that are the process's own and octets in all (its files too), in kB.
resident() { awk '/^RssAnon/ { own = $2 } /^VmRSS/ { all = $2 } END { print own, all }' "/proc/$1/status"; }

# measure_memory ROUND WORKLOAD PEER   a new process, then fresh names: resident before and after, own and in all.
measure_memory() {
    # Slow ones need longer than other loads get.
    local pid before after file MAX_SECONDS=90
    restart_peer "$3" || return 1
    pid=${PEER_PID[$3]}
    before=$(resident "$pid")
    file=$(questions fresh "$1" "$MEMORY_NAMES")
    load "${PEER_PORT[$3]}" "$file"
    after=$(resident "$pid")
    kill -STOP "$pid"
    rm -f "$file"
    # shellcheck disable=SC2086
    figures "$1" "$2" "$3" $before $after "$(awk '/Queries completed:/ { print $3 }' "$LAB/dnsperf.out")"
}

restart_peer() { # restart_peer PEER   a new process that runs
    stop_process "${PEER_PID[$1]}"
    start_peer "$1" && kill -CONT "${PEER_PID[$1]}"
}

# measure_start ROUND WORKLOAD PEER   from exec to the first answer, in ms. The name is asked from before exec on.
measure_start() {
    local at=$LAB/run/exec-at out=$LAB/run/first.out client pin=("${RECURSOR_PIN[@]}")
    stop_process "${PEER_PID[$3]}"
    rm -f "$at" "$out"
    "${LOAD_PIN[@]}" "$LAB/attack/Resolver.Attack" first "127.0.0.1:${PEER_PORT[$3]}" "www.z$((1 + $1 % ZONES)).com" 20 > "$out" &
    client=$!
    until grep -qs asking "$out"; do sleep 0.02; done
    # The time is noted by the shell that becomes the program.
    # shellcheck disable=SC2016
    RECURSOR_PIN=(bash -c 'echo "$EPOCHREALTIME" > "$0"; exec "$@"' "$at" "${pin[@]}")
    "start_peer_$3"
    RECURSOR_PIN=("${pin[@]}")
    PEER_PID[$3]=$LAST_PID
    wait "$client" || { echo "$3: no first answer" >&2; return 1; }
    kill -STOP "$LAST_PID"
    figures "$1" "$2" "$3" "$(awk -v at="$(tr -d '.,' < "$at")" 'END { printf "%.1f", ($1 - at) / 1000 }' "$out")"
}

# measure_tail ROUND WORKLOAD PEER
measure_tail() {
    local pid=${PEER_PID[$3]} before after
    kill -CONT "$pid"
    load "${PEER_PORT[$3]}" "$DELEGATIONS"
    before=$(ticks "$pid")
    "${LOAD_PIN[@]}" "$LAB/attack/Resolver.Attack" tail "127.0.0.1:${PEER_PORT[$3]}" "$ZONES" "$TAIL_HITS" "$TAIL_MISSES" \
        "$TAIL_SECONDS" "$1" > "$LAB/tail.out"
    after=$(ticks "$pid")
    kill -STOP "$pid"
    figures "$1" "$2" "$3" "$(cat "$LAB/tail.out")" $((after - before))
}
