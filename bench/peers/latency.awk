# The tables of the latency workload from its raw lines: round, resolver, kind of name, asked, answered, p50, p90, p99
# and longest in ms, queries upstream per name (of the whole round). Medians of the rounds; ratios to the best of
# the others.

function median(key, field,   n, i, j, x, values) {
    n = rounds[key]
    for (i = 1; i <= n; i++) {
        x = value[key, i, field] + 0
        for (j = i - 1; j >= 1 && values[j] > x; j--) { values[j + 1] = values[j] }
        values[j + 1] = x
    }
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

function ratio(kind, peer, field,   p, best, x) {
    for (p = 1; p <= peer_count; p++) {
        x = median(kind SUBSEP peers[p], field)
        if (peers[p] != peer && (best == "" || x < best)) { best = x }
    }
    return best == "" ? "–" : sprintf("%.2f", median(kind SUBSEP peer, field) / best)
}

function times(kind, peer,   key) {
    key = kind SUBSEP peer
    return sprintf("%.1f | %.1f | %.1f | %.1f", median(key, 6), median(key, 7), median(key, 8), median(key, 9))
}

{
    if (!($2 in seen)) { seen[$2] = 1; peers[++peer_count] = $2 }
    if (!($3 in known)) { known[$3] = 1; kinds[++kind_count] = $3 }
    key = $3 SUBSEP $2
    r = ++rounds[key]
    for (i = 6; i <= 10; i++) { value[key, r, i] = $i }
    asked[key] += $4
    answered[key] += $5
}

END {
    print "| all names | p50 ms | p90 | p99 | longest | p50 to the best other | p99 to the best other | answered |" \
        " queries upstream per name |"
    print "|---|---|---|---|---|---|---|---|---|"
    for (p = 1; p <= peer_count; p++) {
        key = "all" SUBSEP peers[p]
        printf "| %s | %s | %s | %s | %.2f %% | %.2f |\n", peers[p], times("all", peers[p]), ratio("all", peers[p], 6),
            ratio("all", peers[p], 8), 100 * answered[key] / asked[key], median(key, 10)
    }
    printf "\n| p50, p99 in ms | names |"
    for (p = 1; p <= peer_count; p++) { printf " %s |", peers[p] }
    printf "\n|---|---|"
    for (p = 1; p <= peer_count; p++) { printf "---|" }
    for (k = 2; k <= kind_count; k++) {
        printf "\n| %s | %d |", kinds[k], asked[kinds[k] SUBSEP peers[1]]
        for (p = 1; p <= peer_count; p++) {
            key = kinds[k] SUBSEP peers[p]
            printf " %.1f, %.1f |", median(key, 6), median(key, 8)
        }
    }
    print ""
}
