# A machine that was off for months and begins in 1970: the program under libfaketime, with the time floor of its last run.
# Signatures are of a day after that floor, so nothing can be judged, and only dnssec.time-servers lead to a time server.
# Sourced by tests/interop/signed/run after lib/servers.sh. Uses: LAB, HINTS, ANCHOR, PROGRAM.

CLOCK_PORT=5310
CLOCK_CONTROL=$LAB/run/clock.control

run_clock() {
    local library floor passed=0 failed=0
    library=$(dpkg -L libfaketime | grep '/libfaketimeMT\.so\.1$') || return 1
    floor=$(date -d '-90 days' +%s)
    mkdir -p "$LAB/run/clock-state"
    echo "time-floor $floor $((-floor - 1))" > "$LAB/run/clock-state/time-floor"
    echo "-$(date +%s)" > "$LAB/run/clock-shift"
    start_resolver clock env LD_PRELOAD="$library" FAKETIME_TIMESTAMP_FILE="$LAB/run/clock-shift" FAKETIME_NO_CACHE=1 \
        FAKETIME_DONT_FAKE_MONOTONIC=1 "$PROGRAM" serve --root-hints "$HINTS" --trust-anchor "$ANCHOR" \
        --listen "127.0.0.1:$CLOCK_PORT" --set server.state-dir="$LAB/run/clock-state" \
        --set control.socket="$CLOCK_CONTROL" --set 'dnssec.time-servers=["mail.bind-13.com."]' --set log.level=information
    # The time server is not judged; all others are, by the floor.
    expect says_clock mail.bind-13.com 'status: NOERROR.*flags: qr rd ra;.*EDE: 0 '
    expect says_clock www.bind-13.com 'status: SERVFAIL.*EDE: 8 '
    expect status_of_clock 'Clock .*wrong: it says 1970-.*those of mail.bind-13.com. not at all'
    expect logs_of_clock 'The clock says .*1970.*signatures at and below mail.bind-13.com'
    # Set right, it is believed by itself, and what was spared or failed before is forgotten.
    echo "+0" > "$LAB/run/clock-shift"
    expect logs_of_clock 'The clock is believed again'
    expect says_clock mail.bind-13.com 'status: NOERROR.*flags: qr rd ra ad;'
    expect says_clock www.bind-13.com 'status: NOERROR.*flags: qr rd ra ad;'
    expect status_of_clock believed
    stop_process "$LAST_PID"
    echo "clock: $passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}

# expect COMMAND [ARGUMENT] PATTERN   what the command prints, as one line, matches at the latest after 15 seconds.
# Counts in the caller's passed and failed.
expect() {
    local pattern=${*: -1} said i
    for i in $(seq 50); do
        said=$("${@:1:$#-1}" 2>&1 | tr '\n' ' ')
        if [[ $said =~ $pattern ]]; then
            passed=$((passed + 1))
            return
        fi
        sleep 0.3
    done
    failed=$((failed + 1))
    echo "FAIL  ${*:1:$#-1}: no '$pattern' in: $said"
}

says_clock() { # says_clock NAME
    dig @127.0.0.1 -p "$CLOCK_PORT" "$1" +time=8 +tries=1
}

status_of_clock() {
    "$PROGRAM" status --control "$CLOCK_CONTROL" | sed -n '/^Clock/p' | grep . || echo believed
}

logs_of_clock() {
    cat "$LAB/run/clock/log"
}
