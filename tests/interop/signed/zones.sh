# What the signed lab holds: which zones there are, what is in each, what is asked, and which verdict each zone is made
# for. Sourced by tests/interop/signed/run. Uses: LAB, HINTS, QUICK.
#
# com denies by NSEC, org by NSEC3, net by NSEC3 with opt-out, and so do the zones below each.

TLD_ADDRESS=198.18.1.1
NSD_ADDRESS=198.18.2.1
KNOT_ADDRESS=198.18.3.1
TLDS=(com org net)
declare -A QUICK_ALGORITHMS=([bind]='8 13' [ldns]='7 15' [knot]='13 16')

# all_zones   one line each: ZONE SIGNER ALGORITHM FAULT VERDICT
all_zones() {
    local tld signer algorithm algorithms='5 7 8 10 13 14 15 16'
    for tld in "${TLDS[@]}"; do
        for signer in bind ldns knot; do
            [ "$QUICK" = yes ] && algorithms=${QUICK_ALGORITHMS[$signer]}
            for algorithm in $algorithms; do
                # 5 knows no NSEC3 (RFC 5155 §2), 7 is 5 with it.
                case $algorithm$tld in 5org|5net|7com) continue ;; esac
                echo "$signer-$algorithm.$tld $signer $algorithm none secure"
            done
        done
        case $tld$QUICK in org*|comno) faulty_zones "$tld" ;; esac
    done
}

# Each fault is made by faults in signers.sh, after its zone has been signed well.
faulty_zones() { # faulty_zones TLD
    awk -v tld="$1" '{ print $1 "." tld, $2, $3, $1, $4 }' <<'TABLE'
unsigned           none 0  insecure
island             bind 13 insecure
expired            bind 13 bogus
expired-ldns       ldns 8  bogus
future             bind 13 bogus
future-ldns        ldns 8  bogus
wrong-ds           bind 13 bogus
wrong-ds-digest    bind 8  bogus
wrong-key          bind 13 bogus
tampered           bind 13 bogus
stripped           bind 13 bogus
stripped-leaf      bind 13 bogus
stripped-denial    bind 13 secure
stripped-keys      bind 13 bogus
no-keys            bind 13 bogus
unknown-algorithm  bind 13 insecure
unknown-digest     bind 13 insecure
unknown-beside     bind 13 secure
unknown-signed     bind 13 bogus
weak-digest        bind 8  secure
digest-384         bind 14 secure
one-key            bind 13 secure
one-zone-key       bind 13 secure
roll-ksk           bind 8  secure
roll-ksk-new       bind 8  secure
roll-ksk-both      bind 8  secure
roll-zsk           bind 13 secure
roll-zsk-late      bind 13 bogus
roll-algorithm     bind 8  secure
roll-algorithm-new bind 8  secure
revoked            bind 13 bogus
iterations-10      bind 13 secure
iterations-50      bind 13 secure
iterations-100     bind 13 secure
iterations-500     ldns 13 secure
TABLE
}

# Where a zone is served; its subzones are served by the other one, so that cuts are crossed by referral.
home_of() { # home_of SIGNER
    case $1 in ldns|knot) echo knot ;; *) echo nsd ;; esac
}

address_of() { # address_of HOME
    case $1 in knot) echo "$KNOT_ADDRESS" ;; *) echo "$NSD_ADDRESS" ;; esac
}

other_home() { # other_home HOME
    case $1 in knot) echo nsd ;; *) echo knot ;; esac
}

# write_zone ZONE HOME   every shape that a validator must tell apart, unsigned
write_zone() {
    local zone=$1 address other
    address=$(address_of "$2")
    other=$(address_of "$(other_home "$2")")
    cat <<ZONE
\$ORIGIN $zone.
\$TTL 3600
@ 3600 IN SOA ns hostmaster 1 7200 3600 1209600 900
@ 3600 IN NS ns
ns 3600 IN A $address
@ 3600 IN A 192.0.2.1
@ 3600 IN MX 10 mail
@ 3600 IN TXT "the apex of $zone"
@ 3600 IN CAA 0 issue "ca.example"
www 3600 IN A 192.0.2.2
www 300 IN AAAA 2001:db8::2
mail 3600 IN A 192.0.2.3
alias 3600 IN CNAME www
away 3600 IN CNAME www.bind-13.com.
astray 3600 IN CNAME www.expired.org.
aside 3600 IN CNAME www.plain
dangling 3600 IN CNAME nothing
*.wild 3600 IN A 192.0.2.4
*.wild 3600 IN TXT "wild"
host.wild 3600 IN A 192.0.2.5
*.walias 3600 IN CNAME www
a.b.c 3600 IN TXT "below empty names"
moved 3600 IN DNAME target
x.target 3600 IN A 192.0.2.6
$(seq -f "big 3600 IN TXT \"%02g of a set that no datagram holds: $(printf %0150d 0)\"" 12)
plain 3600 IN NS ns.plain
ns.plain 3600 IN A $other
ZONE
}

write_plain_child() { # write_plain_child ADDRESS
    printf '$TTL 3600\n@ SOA ns hostmaster 1 7200 3600 1209600 900\n@ NS ns\nns A %s\nwww A 192.0.2.7\n' "$1"
}

# What is asked of each zone: the name below it and the type. @ is the zone.
shapes() {
    cat <<'SHAPES'
@ SOA
@ NS
@ A
@ MX
@ TXT
@ CAA
@ DNSKEY
@ DS
@ AAAA
@ HINFO
www A
www AAAA
www TXT
www DS
WWW A
mail A
mail MX
alias A
alias CNAME
alias AAAA
alias TXT
away A
away TXT
astray A
aside A
dangling A
q1.wild A
q2.wild TXT
q3.wild MX
q4.wild DS
deep.q5.wild A
wild A
host.wild A
host.wild MX
q.host.wild A
q.walias A
q.walias TXT
a.b.c TXT
b.c A
c TXT
c DS
d.b.c A
x.moved A
y.moved A
moved DNAME
moved A
big TXT
nothing A
nothing DS
below.nothing TXT
aaa A
zzz AAAA
plain NS
plain DS
plain A
www.plain A
no.plain A
www.plain DS
SHAPES
}

# Of zones with a fault: what may look right although it is not.
fault_shapes() {
    cat <<'SHAPES'
@ SOA
@ NS
@ DNSKEY
@ DS
@ HINFO
www A
www TXT
alias A
away A
q1.wild A
q3.wild MX
a.b.c TXT
b.c A
x.moved A
nothing A
plain DS
www.plain A
SHAPES
}

deep_shapes() {
    printf 'deep %s\n' DS DNSKEY SOA NS A
    printf 'www.deep %s\n' A TXT DS
    printf 'no.deep %s\n' A DS
}

has_deep() { # has_deep ZONE   these zones have a signed child
    case $1 in *-13.*|roll-*) return 0 ;; *) return 1 ;; esac
}

make_questions() {
    local zone signer algorithm fault verdict
    while read -r zone signer algorithm fault verdict; do
        if [ "$fault" = none ]; then shapes; else fault_shapes; fi | qualify "$zone"
        has_deep "$zone" && deep_shapes | qualify "$zone"
    done < "$LAB/zones.txt" | awk '{ print $0 (NR % 3 ? " +dnssec" : NR % 2 ? "" : " +noadflag") }' > "$LAB/questions.txt"
    for zone in . com. org. net. nothing. nothing.com. nothing.org. nothing.net.; do
        printf "$zone %s +dnssec\n" SOA DNSKEY DS A NS
    done >> "$LAB/questions.txt"
    while read -r zone signer algorithm fault verdict; do
        echo "www.$zone. A $verdict"
    done < "$LAB/zones.txt" > "$LAB/expected.txt"
}

qualify() { # qualify ZONE
    awk -v zone="$1" '{ print ($1 == "@" ? zone : $1 "." zone) ".", $2 }'
}

# Of each kind of zone a few names; delv takes a fifth of a second for each. Names with an expectation that is
# about other names (no proof, but good signatures) say nothing here, nor does a revoked key (see explained.txt).
delv_sample() {
    awk '$1 !~ /iterations|unknown-signed|revoked/ && (NR % 4 == 1 || $3 == "bogus" && NR % 2)' "$LAB/expected.txt"
}
