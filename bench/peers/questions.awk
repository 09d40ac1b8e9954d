# Writes the questions of one workload. Variables: kind, count, zones, seed, round; for rates names and scans (per cent).
#   known   each of 10,000 names once: fills the cache
#   hits    the same names, drawn by Zipf's law (exponent 1)
#   cold    one name in every zone
#   fresh   names never asked before, in zones whose delegation is known
#   rates   names by Zipf's law, and in each 30,000 questions a run of names never asked again
#   mixed   of 100: 75 hits, 20 fresh, 5 names in zones that do not exist

function random() {
    state = (state * 16807) % 2147483647
    return state / 2147483647
}

function known(rank) { return "n" rank ".z" (1 + rank % zones) ".com A" }
function fresh(i) { return "f" round "-" i ".z" (1 + int(random() * zones)) ".com A" }

# The inverse of the continuous distribution with density 1/x on [1, names + 1].
function zipf() { return int(exp(random() * log(names + 1))) - 1 }

BEGIN {
    state = seed * 7919 + round + 1
    if (!names) { names = 10000 }
    if (kind == "known") { for (i = 0; i < names; i++) { print known(i) } }
    if (kind == "hits") { for (i = 0; i < count; i++) { print known(zipf()) } }
    if (kind == "rates") {
        for (i = 0; i < count; i++) { print i % 30000 < 300 * scans ? fresh("s" i) : known(zipf()) }
    }
    if (kind == "cold") { for (i = 1; i <= zones; i++) { print "www.z" i ".com A" } }
    if (kind == "fresh") { for (i = 0; i < count; i++) { print fresh(i) } }
    if (kind == "mixed") {
        for (i = 0; i < count; i++) {
            draw = random()
            if (draw < 0.75) { print known(zipf()) }
            else if (draw < 0.95) { print fresh("m" i) }
            else { print "m" round "-" i ".nx" i ".com A" }
        }
    }
}
