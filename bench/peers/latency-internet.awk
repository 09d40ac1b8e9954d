# Writes the internet of the latency workload as a folder for bench/Resolver.Internet, and a question for each of its
# COUNT zones (name and kind). Every server is one round trip of DELAY away. Six top-level domains; 40 hosts of
# zones with two servers each, every other one with IPv6; 10 delivery networks that aliases lead to. Of 20 zones
# one is faulty: it has a good server and beside it one of its own that is dead, loses half of all exchanges, is
# lame or truncates. Variables: count, folder, delay, roots (the root servers' addresses).

function server(addresses, zones, more) {
    printf "[[server]]\naddresses = [%s]\nzones = [%s]\ndelay = \"%s\"\n%s\n", quoted(addresses), quoted(zones),
        delay, more > toml
}
function quoted(words,   n, i, list, text) {
    n = split(words, list, " ")
    for (i = 1; i <= n; i++) { text = text (i > 1 ? ", " : "") "\"" list[i] "\"" }
    return text
}
# The zone's file gets its head; NS hold both names, or one name for both.
function begin_zone(zone, ns1, ns2) {
    file = folder "/" zone ".zone"
    printf "$TTL 3600\n@ SOA %s hostmaster.invalid. 1 1800 900 604800 900\n@ NS %s\n", ns1, ns1 > file
    if (ns2 != ns1) { print "@ NS " ns2 > file }
}
function delegate(zone, ns1, ns2,   parent) {
    parent = folder "/" tld_of(zone) ".zone"
    print zone ". NS " ns1 > parent
    if (ns2 != ns1) { print zone ". NS " ns2 > parent }
}
function glue(zone, name, v4, v6,   parent) {
    parent = folder "/" tld_of(zone) ".zone"
    print name " A " v4 > parent
    if (v6 != "") { print name " AAAA " v6 > parent }
}
function tld_of(zone,   labels) { split(zone, labels, "."); return labels[2] }
function address(kind, number) { return "198.18." (kind + int(number / 250)) "." (1 + number % 250) }
function contents() {
    print "@ A 198.18.100.1\n@ MX 10 mail\nmail A 198.18.100.3\nwww A 198.18.100.2\nimg.static A 198.18.100.4" > file
}
function question(name, kind) { print name "." zone ". " kind > (folder "/questions.txt") }

function tld(name, number,   ns, v4, v6, i) {
    server("198.18.1." number " 198.18.2." number " 2001:2:0:1::" number " 2001:2:0:2::" number, name ".")
    begin_zone(name, "a.nic." name ".", "b.nic." name ".")
    for (i = 1; i <= 2; i++) {
        ns = substr("ab", i, 1) ".nic." name "."
        v4 = "198.18." i "." number
        v6 = "2001:2:0:" i "::" number
        print ns " A " v4 "\n" ns " AAAA " v6 > file
        print name ". NS " ns "\n" ns " A " v4 "\n" ns " AAAA " v6 > (folder "/root.zone")
    }
}
function host(k,   zone, ns, v6, i) {
    zone = host_zone[k] = "host" k "." tlds[1 + k % 6]
    ns = "ns1." zone ". ns2." zone "."
    begin_zone(zone, "ns1." zone ".", "ns2." zone ".")
    delegate(zone, "ns1." zone ".", "ns2." zone ".")
    for (i = 1; i <= 2; i++) {
        v6 = k % 2 ? "2001:2:0:" (2 + i) "::" k : ""
        print "ns" i " A 198.18." (2 + i) "." k > file
        if (v6 != "") { print "ns" i " AAAA " v6 > file }
        glue(zone, "ns" i "." zone ".", "198.18." (2 + i) "." k, v6)
        host_addresses[k] = host_addresses[k] " 198.18." (2 + i) "." k " " v6
    }
    host_zones[k] = zone "."
}
function network(k,   zone) {
    zone = "cdn" k "." tlds[1 + (k + 3) % 6]
    network_zone[k] = zone
    begin_zone(zone, "ns1." zone ".", "ns1." zone ".")
    delegate(zone, "ns1." zone ".", "ns1." zone ".")
    glue(zone, "ns1." zone ".", "198.18.5." k)
    print "ns1 A 198.18.5." k "\n* A 198.18.101." k "\n*.edge CNAME node.cdn" (k % 10 + 1) "."  \
        tlds[1 + (k % 10 + 4) % 6] "." > file
    server("198.18.5." k, zone ".")
}

# A zone at a host whose names lie in the same top-level domain (glue comes along) or in another (it does not).
function hosted(isSame, kind, name,   k, ns1, ns2) {
    for (k = 1 + i % 40; (tld_of(host_zone[k]) == tld_of(zone)) != isSame; k = 1 + k % 40) { }
    ns1 = "ns1." host_zone[k] "."
    ns2 = "ns2." host_zone[k] "."
    begin_zone(zone, ns1, ns2)
    delegate(zone, ns1, ns2)
    contents()
    host_zones[k] = host_zones[k] " " zone "."
    if (name == "" && i % 9 == 3) { question("img.static", "sound/deep") }
    else { question(name != "" ? name : i % 23 == 7 ? "missing" : "www", kind) }
}
# Name servers of its own name, with glue, at a host's addresses.
function vanity(   k) {
    k = 1 + i % 40
    begin_zone(zone, "ns1." zone ".", "ns2." zone ".")
    delegate(zone, "ns1." zone ".", "ns2." zone ".")
    glue(zone, "ns1." zone ".", "198.18.3." k)
    glue(zone, "ns2." zone ".", "198.18.4." k)
    print "ns1 A 198.18.3." k "\nns2 A 198.18.4." k > file
    contents()
    host_zones[k] = host_zones[k] " " zone "."
    if (i % 9 == 3) { question("img.static", "sound/deep") } else { question("www", "sound/glue") }
}
function aliased(target, kind) {
    hosted(0, kind, "shop")
    print "shop CNAME " target > file
}
# Its only server's name lies in a small zone that nobody else uses.
function remote(   small) {
    small = "dns" i "." tlds[1 + (i + 2) % 6]
    begin_zone(small, "ns." small ".", "ns." small ".")
    delegate(small, "ns." small ".", "ns." small ".")
    glue(small, "ns." small ".", address(20, i))
    print "ns A " address(20, i) > file
    close(file)
    begin_zone(zone, "ns." small ".", "ns." small ".")
    delegate(zone, "ns." small ".", "ns." small ".")
    contents()
    server(address(20, i), small ". " zone ".")
    question("www", "sound/remote")
}
# A good server and a bad one of its own, in either order.
function faulty(   number, kind, bad, good, more, lands) {
    number = int(i / 20)
    kind = number % 20
    bad = "ns" (1 + number % 2)
    good = "ns" (2 - number % 2)
    more = "fault = \"dead\""
    lands = "dead"
    if (kind >= 10) { lands = "lossy"; more = "loss = 0.3" }
    if (kind >= 14) { lands = "lame"; more = "fault = \"lame\"" }
    if (kind >= 16) { lands = "truncating"; more = "fault = \"truncated\"" }
    begin_zone(zone, "ns1." zone ".", "ns2." zone ".")
    delegate(zone, "ns1." zone ".", "ns2." zone ".")
    glue(zone, good "." zone ".", address(60, number))
    glue(zone, bad "." zone ".", address(lands == "dead" ? 90 : 70, number))
    print good " A " address(60, number) "\n" bad " A " address(lands == "dead" ? 90 : 70, number) > file
    contents()
    server(address(60, number), zone ".")
    server(address(lands == "dead" ? 90 : 70, number), zone ".", more)
    question("www", "faulty/" lands)
}

BEGIN {
    toml = folder "/internet.toml"
    split("com net org info io dev", tlds, " ")
    print "$TTL 86400\n. SOA a.root-servers.net. nstld.invalid. 1 1800 900 604800 86400" > (folder "/root.zone")
    server(roots, ". root-servers.net.")
    for (n = 1; n <= 6; n++) { tld(tlds[n], n) }
    for (n = 1; n <= 40; n++) { host(n) }
    for (n = 1; n <= 10; n++) { network(n) }
    for (i = 1; i <= count; i++) {
        zone = "z" i "." tlds[i % 3 ? 1 : 1 + int(i / 3) % 6]
        draw = i % 20
        if (draw < 5) { hosted(1, "sound/glue") }
        else if (draw < 11) { hosted(0, "sound/glueless") }
        else if (draw < 15) { vanity() }
        else if (draw < 17) { aliased("w" i "." network_zone[1 + i % 10] ".", "sound/alias") }
        else if (draw < 18) { aliased("w" i ".edge." network_zone[1 + i % 10] ".", "sound/aliases") }
        else if (draw < 19) { remote() }
        else { faulty() }
        close(folder "/" zone ".zone")
    }
    for (n = 1; n <= 40; n++) { server(host_addresses[n], host_zones[n]) }
}
