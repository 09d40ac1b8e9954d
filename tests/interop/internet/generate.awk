# Writes COUNT zones full of ordinary records under the top-level domains of the lab, and their delegations; of every
# twenty one is delegated badly (broken.awk, read before this file). Variables: seed, count, folder (of zones; holds
# one folder for each server). The same seed gives the same files with every awk: the random numbers are made here
# (Lehmer's generator, exact in double precision).

function random(n) {
    state = (state * 16807) % 2147483647
    return int(state / 2147483647 * n)
}

function pick(list,    parts, n) {
    n = split(list, parts, " ")
    return parts[1 + random(n)]
}

function delegate(line) {
    print line >> (folder "/" parent_file[tld])
}

# Aliases point only at names made before them, and never form a chain of more than six.
function note_target(name, depth) {
    targets++
    target_name[targets] = name
    target_depth[targets] = depth
}

function alias_target(    i, tries) {
    for (tries = 0; tries < 20; tries++) {
        i = 1 + random(targets)
        if (target_depth[i] < 6) {
            alias_depth = target_depth[i] + 1
            return target_name[i]
        }
    }
    alias_depth = 1
    return "www.example.net."
}

function address4() { return "198.18." (32 + random(200)) "." (1 + random(254)) }
function address6() { return sprintf("2001:2:0:%x::%x", 256 + random(4096), 1 + random(65000)) }

function write_zone(zone, server,    style, file, host, ns, at) {
    file = folder "/" server "/" zone ".zone"
    host = server == "hosting-a" ? "hosting-a.net" : "hosting-b.org"
    at = server == "hosting-a" ? 3 : 4
    style = random(4)
    if (style == 3 && (server, "owner") in earlier) {       # the name server stands in a zone made before
        ns = "ns1." earlier[server, "owner"]
        delegate(zone ". NS " ns)
    } else if (style >= 2) {                                # in-domain, with glue of both families
        ns = "ns1." zone "."
        delegate(zone ". NS " ns)
        delegate(ns " A 198.18." at ".1")
        delegate(ns " AAAA 2001:2:0:" at "::1")
        earlier[server, "owner"] = zone "."
    } else {                                                # out of zone: no glue
        ns = "ns1." host "."
        delegate(zone ". NS " ns)
        delegate(zone ". NS ns2." host ".")
    }
    write_apex(file, zone, ns)
    if (style < 2) {
        print "@ NS ns2." host "." > file
    } else if (earlier[server, "owner"] == zone ".") {
        print "ns1 A 198.18." at ".1\nns1 AAAA 2001:2:0:" at "::1" > file
    }
    write_records(zone, file)
    close(file)
}

function write_apex(file, zone, ns) {
    print "$ORIGIN " zone ".\n$TTL " pick("300 3600 86400") > file
    print "@ SOA " ns " hostmaster 2026010100 7200 3600 1209600 " pick("60 300 900") > file
    print "@ NS " ns > file
}

function write_records(zone, file,    i, other) {
    for (i = 0; i < 3; i++) {
        if (random(2)) { print "@ " record(zone) > file }
    }
    for (i = 1; i <= 12; i++) {
        write_name("n" i, zone, file)
    }
    if (random(2)) { print "* A " address4() > file }
    if (random(3) == 0) {
        other = alias_target()
        print "sub DNAME " substr(other, index(other, ".") + 1) > file
    }
}

function write_name(label, zone, file,    kind) {
    kind = random(10)
    if (kind < 3) {
        print label " CNAME " alias_target() > file
        note_target(label "." zone ".", alias_depth)
        return
    }
    if (kind == 3) { label = label ".deep" }                # leaves an empty non-terminal above
    if (kind == 4) { label = toupper(label) "-Mixed" }
    if (kind == 5) {
        print "*." label " " record(zone) > file
        return
    }
    do { print label " " record(zone) > file } while (random(3) == 0)
    note_target(label "." zone ".", 0)
}

function record(zone,    type) {
    type = pick("A A A A AAAA AAAA MX TXT SRV CAA HTTPS NAPTR TYPE65280 TLSA")
    if (type == "A") { return "A " address4() }
    if (type == "AAAA") { return "AAAA " address6() }
    if (type == "MX") { return "MX " random(100) " " target_name[1 + random(targets)] }
    if (type == "TXT") { return "TXT \"text " random(100000) "\" \"more; text\"" }
    if (type == "SRV") { return "SRV " random(10) " " random(100) " " random(65536) " mail." zone "." }
    if (type == "CAA") { return "CAA 0 issue \"ca" random(100) ".example.net\"" }
    if (type == "HTTPS") { return "HTTPS " (1 + random(9)) " . alpn=h2 ipv4hint=" address4() }
    if (type == "NAPTR") { return "NAPTR " random(100) " 10 \"s\" \"SIP+D2U\" \"\" _sip._udp." zone "." }
    if (type == "TLSA") { return sprintf("TLSA 3 1 1 %08x%08x", random(2147483647), random(2147483647)) }
    return sprintf("TYPE65280 \\# 4 %08x", random(2147483647))
}

BEGIN {
    state = seed % 2147483646 + 1
    for (i = 0; i < 10; i++) { random(2) }
    parent_file["com"] = "gtld/com.zone"
    parent_file["net"] = "gtld/net.zone"
    parent_file["org"] = "registry/org.zone"
    parent_file["nl"] = "registry/nl.zone"
    parent_file["uk"] = "registry/uk.zone"
    note_target("www.example.com.", 0)
    note_target("www.example.net.", 0)
    note_target("www.glueless.com.", 0)
    note_target("www.abc.xyz.com.", 0)
    for (i = 1; i <= count; i++) {
        tld = pick("com com net org nl uk")
        if (i % 20 == 0) {
            write_broken(i / 20, tld == "uk" ? "co.uk" : tld)
            continue
        }
        write_zone("gen" i "." (tld == "uk" ? "co.uk" : tld), pick("hosting-a hosting-b"))
    }
}
