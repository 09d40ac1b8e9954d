# Writes the internet of the benchmark: a root, com and net, COUNT zones in them, and the zones of their hosts.
# Half of the delegations carry glue, half name a host whose address has to be found first. Twenty zones more have
# dead servers (d1.com ...), twenty a slow one (s1.com ...): the attack's.
# Variables: count, folder, hosts (number of hosting zones), signed (1: a third of the zones is to be signed, and each
# line of sign.txt says one: its name, how it denies, its file).

# Says that a zone is to be signed, and returns the file that will hold it; else returns the file as it is.
function sign(zone, number, file) {
    if (!signed || number % 3) { return file }
    # Those with glue and those without take turns with NSEC and NSEC3 alike.
    printf "%s %s %s\n", zone, int(number / 6) % 2 ? "nsec3" : "nsec", file > (folder "/sign.txt")
    return folder "/files/signed/" zone ".zone"
}

BEGIN {
    com = folder "/tld/com.zone"
    net = folder "/tld/net.zone"
    files = folder "/files"
    conf = folder "/hosted.conf"
    soa = "@ SOA ns1.host1.net. hostmaster.host1.net. 1 1800 900 604800 900\n"
    printf "$TTL 86400\n%s@ NS a.gtld-servers.net.\n@ NS b.gtld-servers.net.\n", soa > com
    printf "$TTL 86400\n%s@ NS a.gtld-servers.net.\n@ NS b.gtld-servers.net.\n", soa > net
    printf "a.gtld-servers A 198.18.1.1\na.gtld-servers AAAA 2001:2:0:1::1\n" > net
    printf "b.gtld-servers A 198.18.1.2\nb.gtld-servers AAAA 2001:2:0:1::2\n" > net

    # Two zone files serve all zones alike, for all names in them are relative.
    records = "@ A 198.18.100.1\n@ MX 10 mail\nwww A 198.18.100.2\nwww AAAA 2001:2:0:100::2\n" \
        "mail A 198.18.100.3\n* A 198.18.100.4\n"
    printf "$TTL 3600\n%s@ NS ns1\n@ NS ns2\nns1 A 198.18.3.1\nns2 A 198.18.3.2\n%s", soa, records \
        > (files "/glue.zone")
    for (i = 1; i <= hosts; i++) {
        printf "host%d NS ns1.host%d\nns1.host%d A 198.18.3.%d\nns1.host%d AAAA 2001:2:0:3::%d\n", \
            i, i, i, 3 + i % 2, i, 3 + i % 2 > net
        printf "$TTL 3600\n%s@ NS ns1\nns1 A 198.18.3.%d\nns1 AAAA 2001:2:0:3::%d\n", soa, 3 + i % 2, 3 + i % 2 \
            > (files "/host" i ".zone")
        printf "$TTL 3600\n%s@ NS ns1.host%d.net.\n%s", soa, i, records > (files "/at-host" i ".zone")
        printf "zone:\n    name: host%d.net\n    zonefile: %s\n", i,
            sign("host" i ".net", i, files "/host" i ".zone") > conf
    }
    for (i = 1; i <= 20; i++) {
        printf "d%d NS ns1.d%d\nd%d NS ns2.d%d\nns1.d%d A 198.18.9.%d\nns2.d%d A 198.18.9.%d\n", \
            i, i, i, i, i, i, i, 100 + i > com
        printf "s%d NS ns1.s%d\nns1.s%d A 198.18.8.1\n", i, i, i > com
    }
    for (i = 1; i <= count; i++) {
        if (i % 2) {
            printf "z%d NS ns1.z%d\nz%d NS ns2.z%d\n", i, i, i, i > com
            printf "ns1.z%d A 198.18.3.1\nns2.z%d A 198.18.3.2\n", i, i > com
            file = files "/glue.zone"
        } else {
            printf "z%d NS ns1.host%d.net.\n", i, 1 + i % hosts > com
            file = files "/at-host" (1 + i % hosts) ".zone"
        }
        printf "zone:\n    name: z%d.com\n    zonefile: %s\n", i, sign("z" i ".com", i, file) > conf
    }
}
