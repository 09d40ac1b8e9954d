# Takes about WANT distinct questions (as questions.awk wrote them), drawn by SEED: all those about zones written by hand
# and about broken delegations without a good server; of the rest an equal share from each generated zone.
# Variables: want, seed.

function random(n) {
    state = (state * 16807) % 2147483647
    return int(state / 2147483647 * n)
}

{
    zone = match(tolower($1), /(gen[0-9]+|brk[0-9]+-[a-z]+-half)[.][a-z.]+$/) ? substr(tolower($1), RSTART) : ""
    if (zone == "") {
        print
        if (!((tolower($1), $2) in taken)) { kept++ }
        taken[tolower($1), $2] = 1
        next
    }
    if (!(zone in size)) { zones[++zone_count] = zone }
    line[zone, ++size[zone]] = $0
}

# Draws without putting back; a question that is there with another option does not count.
function draw(zone, count,    i, n, parts, key) {
    n = size[zone]
    while (count > 0 && n > 0) {
        i = 1 + random(n)
        split(line[zone, i], parts, " ")
        key = tolower(parts[1]) SUBSEP parts[2]
        if (!(key in taken)) { count-- }
        taken[key] = 1
        print line[zone, i]
        line[zone, i] = line[zone, n--]
    }
}

END {
    state = seed % 2147483646 + 1
    for (z = 1; z <= zone_count; z++) {
        share = int((want - kept) * z / zone_count) - int((want - kept) * (z - 1) / zone_count)
        draw(zones[z], share)
    }
}
