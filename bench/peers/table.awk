# The table of a benchmark from its raw lines: medians over the rounds, cost and throughput, and the ratio to the best
# of the other peers (below 1: cheaper than that one).

function median(list,    values, n, i, j, swap) {
    n = split(list, values, " ")
    for (i = 1; i <= n; i++) {
        for (j = i + 1; j <= n; j++) {
            if (values[j] + 0 < values[i] + 0) { swap = values[i]; values[i] = values[j]; values[j] = swap }
        }
    }
    low = values[1]
    high = values[n]
    return n % 2 ? values[(n + 1) / 2] : (values[n / 2] + values[n / 2 + 1]) / 2
}

/^#/ || $5 == 0 { next }

{
    if (!($2 in seen)) { seen[$2] = 1; workloads[++workload_count] = $2 }
    if (!($3 in known)) { known[$3] = 1; peers[++peer_count] = $3 }
    cost[$2, $3] = cost[$2, $3] " " ($7 / $5 * 1000000)
    rate[$2, $3] = rate[$2, $3] " " $9
    sent[$2, $3] += $4
    good[$2, $3] += $6
    memory[$3] = $10
    asked[$2, $3] = $4
}

END {
    print "| workload | resolver | CPU s per million (min – max) | ratio to the best other | queries/s | answered |" \
        " queries a round |"
    print "|---|---|---|---|---|---|---|"
    for (w = 1; w <= workload_count; w++) {
        for (p = 1; p <= peer_count; p++) {
            if ((workloads[w], peers[p]) in cost) { middle[p] = median(cost[workloads[w], peers[p]]) }
        }
        for (p = 1; p <= peer_count; p++) {
            key = workloads[w] SUBSEP peers[p]
            if (!(key in cost)) { continue }
            best = 0
            for (o = 1; o <= peer_count; o++) {
                if (o != p && (best == 0 || middle[o] < best)) { best = middle[o] }
            }
            median(cost[key])
            ratio = "–"
            if (best > 0) { ratio = sprintf("%.2f", middle[p] / best) }
            spread = sprintf("%.1f (%.1f – %.1f)", middle[p], low, high)
            printf "| %s | %s | %s | %s | %d | %.2f %% | %d |\n", workloads[w], peers[p], spread, ratio,
                median(rate[key]), 100 * good[key] / sent[key], asked[key]
        }
    }
    printf "\nResident memory at the end of the last round, MB:"
    for (p = 1; p <= peer_count; p++) {
        printf " %s %d%s", peers[p], memory[peers[p]] / 1024, (p < peer_count ? "," : "\n")
    }
}
