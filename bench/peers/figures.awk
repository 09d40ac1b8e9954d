# The tables of what figures.sh measures: medians over the rounds, and the ratio of the figure judged to the best of the
# other peers (below 1: less than that one). Lines: round, workload, peer, figures.

function median(list,    values, n, i, j, x) {
    n = split(list, values, " ")
    for (i = 2; i <= n; i++) {
        x = values[i]
        for (j = i - 1; j >= 1 && values[j] + 0 > x + 0; j--) { values[j + 1] = values[j] }
        values[j + 1] = x
    }
    low = values[1]
    high = values[n]
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

function note(name, value) {
    if (!((base, name) in column)) {
        column[base, name] = ++columns[base]
        title[base, columns[base]] = name
    }
    values[$2, $3, column[base, name]] = values[$2, $3, column[base, name]] " " value
}

{
    base = $2
    sub(/-validated$/, "", base)
    if (!($2 in seen)) { seen[$2] = 1; workload[++workloads] = $2; kind[$2] = base }
    if (!(($2, $3) in known)) { known[$2, $3] = 1; peer[$2, ++peers[$2]] = $3 }
}

base == "memory" {
    note("MiB in all", sprintf("%.1f", $7 / 1024))
    note("own", sprintf("%.1f", $6 / 1024))
    note("in all before", sprintf("%.1f", $5 / 1024))
    note("own octets a name", sprintf("%d", ($6 - $4) * 1024 / $8))
}

base == "start" { note("ms from exec to the first answer", $4) }

base == "hit-rates" {
    missed = $7 - $6
    if ($4 == 0) { note("missed %, no scans", sprintf("%.1f", 100 * missed / $5)) }
    share = $4 ? $4 " % scans" : "no scans"
    note("hits %, " share, sprintf("%.1f", 100 - 100 * missed / $5))
    note("upstream per 100, " share, sprintf("%.1f", 100 * $8 / ($5 + $6)))
}

base == "tail" {
    note("hits: p99.9 ms", $8)
    note("p50", $6)
    note("p99", $7)
    note("greatest", $9)
    note("answered %", sprintf("%.3f", 100 * $5 / $4))
    note("misses: p50", $12)
    note("p99 of misses", $13)
    note("answered % of misses", sprintf("%.3f", 100 * $11 / $10))
}

END {
    for (w = 1; w <= workloads; w++) {
        name = workload[w]
        count = columns[kind[name]]
        head = "| " name " |"
        rule = "|---|"
        for (c = 1; c <= count; c++) {
            head = head " " title[kind[name], c] " |" (c == 1 ? " least – most | ratio to the best other |" : "")
            rule = rule "---|" (c == 1 ? "---|---|" : "")
        }
        printf "\n%s\n%s\n", head, rule
        for (p = 1; p <= peers[name]; p++) {
            row = "| " peer[name, p] " |"
            for (c = 1; c <= count; c++) {
                row = row " " median(values[name, peer[name, p], c]) " |"
                if (c == 1) { row = row " " low " – " high " | " ratio(name, p) " |" }
            }
            print row
        }
    }
}

function ratio(name, p,    o, best, other) {
    keep_low = low
    keep_high = high
    best = 0
    for (o = 1; o <= peers[name]; o++) {
        other = median(values[name, peer[name, o], 1])
        # Knot Resolver's cache is a file, whose pages are not its own: it is no measure of memory.
        if (o == p || (kind[name] == "memory" && peer[name, o] == "knot")) { continue }
        if (best == 0 || other < best) { best = other }
    }
    other = median(values[name, peer[name, p], 1])
    low = keep_low
    high = keep_high
    return best > 0 ? sprintf("%.2f", other / best) : "–"
}
