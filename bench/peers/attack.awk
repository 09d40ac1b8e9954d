# The table of the attack from its raw lines: round, workload, peer; of the good clients sent, in time, answered,
# refused, p50, p99, p99.9 (ms); of the bad ones sent, answered, refused; processor seconds. Medians of the rounds.

function median(peer, field,   n, i, j, x, values) {
    n = rounds[peer]
    for (i = 1; i <= n; i++) {
        x = value[peer, i, field] + 0
        for (j = i - 1; j >= 1 && values[j] > x; j--) { values[j + 1] = values[j] }
        values[j + 1] = x
    }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

{
    if (!($3 in rounds)) { peers[++count] = $3; worst[$3] = 101 }
    r = ++rounds[$3]
    value[$3, r, "good"] = 100 * $5 / $4
    value[$3, r, "answered"] = 100 * $6 / $4
    value[$3, r, "p50"] = $8
    value[$3, r, "p99"] = $9
    value[$3, r, "p999"] = $10
    value[$3, r, "told"] = 100 * ($12 + $13) / $11
    value[$3, r, "cpu"] = $14
    if (value[$3, r, "good"] < worst[$3]) { worst[$3] = value[$3, r, "good"] }
}

END {
    print "| resolver | good in 100 ms | worst round | answered at all | p50, p99, p99.9 ms of these | bad told something | CPU s |"
    print "|---|---|---|---|---|---|---|"
    for (p = 1; p <= count; p++) {
        n = peers[p]
        printf "| %s | %.2f %% | %.2f %% | %.2f %% | %.1f, %.1f, %.1f | %.0f %% | %.1f |\n", n, median(n, "good"),
            worst[n], median(n, "answered"), median(n, "p50"), median(n, "p99"), median(n, "p999"), median(n, "told"),
            median(n, "cpu")
    }
}
