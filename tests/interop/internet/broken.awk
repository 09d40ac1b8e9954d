# Zones whose delegation is broken, read before generate.awk. The name tells how: brk7-dead-half.com has one dead
# server and a good one beside it, brk8-dead-all.com no good one. The kinds take turns, each first half, then all:
#
#   refused    the server does not know the zone             up        it is one of the parent, and refers to itself
#   dead       packets vanish                                closed    port unreachable
#   nx         the name server's name does not exist         nodata    it has no address
#   cname      it is an alias (RFC 2181 section 10.3)        noglue    it is in-domain, without glue
#   cycle      its address needs this zone, and so on        parked    the server answers every name itself, AA set
#   servfail, notimp, formerr: the server says just that     notcp     every reply is truncated, TCP is closed
#   bare       NOERROR without AA and without any record     other     the reply is to another question

# The address of the bad server; "" for a kind that lies in the name.
function bad_address(kind, at) {
    if (kind == "refused") { return (at == 3 ? 4 : 3) ".2" }
    if (kind == "up") { return tld ~ /com|net/ ? "1.2" : "2.2" }
    if (kind == "dead") { return "66." (20 + random(200)) }
    if (kind == "closed") { return "6.1" }
    if (kind in odd) { return "5." odd[kind] }
    return ""
}

function bad_name(kind, zone, number) {
    if (kind == "nx") { return "ns.none" number ".example.net." }
    if (kind == "nodata") { return "nodata-ns.example.net." }
    if (kind == "cname") { return "alias-ns.example.net." }
    if (kind == "cycle") { return "ns.brk" number "-back-all.net." }
    return "ns1." zone "."
}

function delegate_address(name, at,    parts) {
    split(at, parts, ".")
    delegate(name " A 198.18." parts[1] "." parts[2])
    delegate(name " AAAA 2001:2:0:" parts[1] "::" parts[2])
}

function write_broken(number, parent,    kind, half, zone, at, bad, address, file, keep) {
    kind = broken_kinds[1 + int((number - 1) / 2) % broken_count]
    half = number % 2
    zone = "brk" number "-" kind (half ? "-half." : "-all.") parent
    at = 3 + random(2)
    bad = bad_name(kind, zone, number)
    address = bad_address(kind, at)
    delegate(zone ". NS " bad)
    if (address != "") { delegate_address("ns1." zone ".", address) }
    if (kind == "cycle") {
        keep = tld
        tld = "net"
        delegate("brk" number "-back-all.net. NS ns." zone ".")
        tld = keep
    }
    if (half) {
        delegate(zone ". NS ns2." zone ".")
        delegate_address("ns2." zone ".", at ".1")
    } else if (kind != "cname") {
        return
    }
    file = folder "/hosting-" (at == 3 || kind == "cname" && !half ? "a" : "b") "/" zone ".zone"
    write_apex(file, zone, bad)
    if (half) { print "@ NS ns2\nns2 A 198.18." at ".1\nns2 AAAA 2001:2:0:" at "::1" > file }
    if (address != "") {
        split(address, bad_parts, ".")
        print "ns1 A 198.18." address "\nns1 AAAA 2001:2:0:" bad_parts[1] "::" bad_parts[2] > file
    }
    # No alias elsewhere points in here: what differs because of a broken delegation bears its name.
    keep = targets
    write_records(zone, file)
    targets = keep
    close(file)
}

BEGIN {
    broken_count = split("refused up dead closed nx nodata cname noglue cycle parked servfail notimp formerr notcp " \
        "bare other", broken_kinds, " ")
    split("servfail notimp formerr notcp bare other", odd_kinds, " ")
    for (k = 1; k <= 6; k++) { odd[odd_kinds[k]] = k }
    odd["parked"] = 9
}
