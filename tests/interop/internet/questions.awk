# Makes questions from the lab's zone files: what is there, what is not there under that type, names that are not
# there, and some of them with other options. The files are simple: one record a line, the owner first, $ORIGIN at the
# top. Variables: seed, dead (a pattern of names below which nothing answers: asked for little, for it costs seconds).

function random(n) {
    state = (state * 16807) % 2147483647
    return int(state / 2147483647 * n)
}

function pick(list,    parts, n) {
    n = split(list, parts, " ")
    return parts[1 + random(n)]
}

function ask(name, type, options) {
    if (length(name) > 240 || (tolower(name), type, options) in asked) { return }
    asked[tolower(name), type, options] = 1
    print name, type (options == "" ? "" : " " options)
}

function mixed(name,    i, c, out) {
    out = ""
    for (i = 1; i <= length(name); i++) {
        c = substr(name, i, 1)
        out = out (random(2) ? toupper(c) : c)
    }
    return out
}

BEGIN {
    state = seed % 2147483646 + 1
    others = "A AAAA MX TXT NS SOA CNAME SRV CAA HTTPS DS PTR TYPE65280"
}

$1 == "$ORIGIN" { origin = $2; next }
/^[;$]/ || NF < 3 { next }

{
    owner = $1
    if (owner == "@") { owner = origin }
    else if (owner !~ /[.]$/) { owner = owner (origin == "." ? "." : "." origin) }
    type = $2 ~ /^[0-9]+$/ ? $3 : $2
    if (tolower(owner) ~ dead) {
        if (!(owner in seen)) { ask(owner, "A", "") }
        if (type == "NS") { ask("www." owner, "AAAA", "") }
        seen[owner] = 1
        next
    }
    concrete = owner
    if (substr(owner, 1, 2) == "*.") {
        ask(owner, type, "")
        concrete = "wild" random(1000) substr(owner, 2)
        ask(concrete, type, "")
        ask("deeper." concrete, pick(others), "")
    }
    ask(concrete, type, "")
    if (type == "DNAME") {
        ask("www." owner, "A", "")
        ask("n" (1 + random(12)) "." owner, pick("A AAAA TXT"), "")
        ask("deep.er." owner, "A", "")
    }
    if (!(owner in seen)) {
        seen[owner] = 1
        ask(concrete, pick(others), "")
        ask(concrete, pick(others), "")
        if (concrete ~ /^[a-z0-9.-]+$/) {
            ask("nx" random(1000) "." (concrete == "." ? "" : concrete), "A", "")
            if (random(4) == 0) { ask(mixed(concrete), type, "") }
        }
        parent = concrete
        sub(/^[^.]*\./, "", parent)
        if (parent != "" && random(3) == 0) { ask(parent, pick(others), "") }
        if (random(12) == 0) { ask(concrete, type, pick("+cdflag +tcp +noedns +bufsize=512 +dnssec +noadflag")) }
    }
}
