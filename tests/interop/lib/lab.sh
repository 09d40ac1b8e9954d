# What the labs have in common outside their namespaces: the judge and the program, published, and the last line.
# Sourced by tests/interop/run, signed/run and forwarding/run. Uses: LAB, REPOSITORY; PROGRAM is set when empty.

publish_lab() {
    mkdir -p "$LAB"
    publish tests/Resolver.Interop "$LAB/judge" && publish_program "$LAB/program"
}

# sum_up NAME STATUS   the sum of what each step counted in LAB/log.txt, as the last line; a lab that ended without
# counting is a failure.
sum_up() {
    awk -v name="$1" -v status="$2" '
        /^(cases [a-z]+|compare|verdicts [a-z]+|delv|clock): [0-9]+ passed, [0-9]+ failed$/ {
            passed += $(NF - 3); failed += $(NF - 1)
        }
        END {
            if (status != 0 && failed == 0) { failed = 1 }
            printf "%s: %d passed, %d failed\n", name, passed, failed
            exit failed > 0
        }' "$LAB/log.txt"
}
