# Signs the zones of the signed lab with the tools that operators use: BIND's dnssec-signzone, ldns-signzone and Knot
# DNS's kzonesign; and breaks those that are to be broken, afterwards. Sourced by tests/interop/signed/run after
# zones.sh. Leaves: LAB/zones/{root,tld,nsd,knot}, LAB/zones.txt (as all_zones prints it) and LAB/root.ds.

SIGNERS_AT_A_TIME=3

lay_zones() {
    local zone signer algorithm fault verdict tld jobs=0
    rm -rf "$LAB/keys" "$LAB/unsigned" "$LAB/ds" "$LAB/kasp" "$LAB/knot-signed"
    mkdir -p "$LAB"/{keys,unsigned,ds,kasp,knot-signed} "$LAB"/zones/{root,tld,nsd,knot} || return 1
    all_zones > "$LAB/zones.txt"
    write_kzonesign_configuration > "$LAB/kzonesign.conf"
    while read -r zone signer algorithm fault verdict; do
        lay_zone "$zone" "$signer" "$algorithm" "$fault" < /dev/null &
        jobs=$((jobs + 1))
        [ "$jobs" -ge "$SIGNERS_AT_A_TIME" ] && { wait -n || return 1; jobs=$((jobs - 1)); }
    done < "$LAB/zones.txt"
    while [ "$jobs" -gt 0 ]; do
        wait -n || return 1
        jobs=$((jobs - 1))
    done
    lay_tld com 13 && lay_tld org 8 && lay_tld net 13 && lay_root
}

lay_zone() { # lay_zone ZONE SIGNER ALGORITHM FAULT
    local zone=$1 home file=$LAB/unsigned/$1.zone
    home=$(home_of "$2")
    write_zone "$zone" "$home" > "$file" || return 1
    write_plain_child "$(address_of "$(other_home "$home")")" > "$LAB/zones/$(other_home "$home")/plain.$zone.zone"
    has_deep "$zone" && { lay_deep "$zone" "$home" "$file" || return 1; }
    "sign_with_$2" "$zone" "$3" "$file" "$LAB/zones/$home/$zone.zone" "$4" > "$file.log" 2>&1 &&
        [ -s "$LAB/zones/$home/$zone.zone" ] || { echo "$zone: not signed"; tail -n 3 "$file.log"; return 1; } >&2
}

lay_deep() { # lay_deep ZONE HOME FILE   a signed child, whose DS joins the file
    local zone=deep.$1 other key
    other=$(other_home "$2")
    write_plain_child "$(address_of "$other")" > "$LAB/unsigned/$zone.zone"
    key=$(bind_key "$zone" 13 -f KSK) || return 1
    dnssec_signzone "$zone" "$LAB/unsigned/$zone.zone" "$LAB/zones/$other/$zone.zone" -z -- "$key" > /dev/null 2>&1 || return 1
    {
        echo "deep 3600 IN NS ns.deep"
        echo "ns.deep 3600 IN A $(address_of "$other")"
        ds_of "$key"
    } >> "$3"
}

lay_tld() { # lay_tld NAME ALGORITHM
    local tld=$1 zone signer rest file=$LAB/unsigned/$1.zone key zone_key
    {
        printf '$TTL 3600\n@ SOA ns hostmaster 1 7200 3600 1209600 900\n@ NS ns\nns A %s\n' "$TLD_ADDRESS"
        if [ "$tld" = net ]; then
            awk '$0 !~ /^;/ && $3 == "NS" { print "root-servers.net. NS " $4 }
                $0 !~ /^;/ && ($3 == "A" || $3 == "AAAA") { print $1, $3, $4 }' "$HINTS"
        fi
        while read -r zone signer rest; do
            [ "${zone##*.}" = "$tld" ] || continue
            printf '%s. NS ns.%s.\nns.%s. A %s\n' "$zone" "$zone" "$zone" "$(address_of "$(home_of "$signer")")"
            cat "$LAB/ds/$zone" 2>/dev/null
        done < "$LAB/zones.txt"
    } > "$file"
    key=$(bind_key "$tld" "$2" -f KSK) && zone_key=$(bind_key "$tld" "$2") || return 1
    # shellcheck disable=SC2046
    dnssec_signzone "$tld" "$file" "$LAB/zones/tld/$tld.zone" $(denial_of "$tld") -- "$key" "$zone_key" > "$file.log" 2>&1 &&
        ds_of "$key" > "$LAB/ds/$tld"
}

lay_root() {
    local folder=$LAB/unsigned/root tld key zone_key
    mkdir -p "$folder"
    {
        printf '$TTL 86400\n@ SOA a.root-servers.net. nstld 1 1800 900 604800 86400\n'
        for tld in "${TLDS[@]}"; do
            printf '%s. NS ns.%s.\nns.%s. A %s\n' "$tld" "$tld" "$tld" "$TLD_ADDRESS"
            cat "$LAB/ds/$tld"
        done
    } > "$folder/root.zone"
    make_root "$folder" && cp "$folder/root-servers.net.zone" "$LAB/zones/root/" || return 1
    key=$(bind_key . 8 -f KSK) && zone_key=$(bind_key . 8) || return 1
    dnssec_signzone . "$folder/root.zone" "$LAB/zones/root/root.zone" -- "$key" "$zone_key" > "$folder/log" 2>&1 &&
        ds_of "$key" > "$LAB/root.ds"
}

denial_of() { # denial_of ZONE [ITERATIONS]   for dnssec-signzone
    case $1 in
        *org) echo "-3 5a17 -H ${2:-0}" ;;
        *net) echo "-3 - -H ${2:-0} -A" ;;
    esac
}

# --- BIND --------------------------------------------------------------------------------------------------------
bind_key() { # bind_key ZONE ALGORITHM [OPTION]...   prints the key's file name
    local zone=$1 algorithm=$2 bits=()
    shift 2
    case $algorithm in 5|7) bits=(-b 1024) ;; 8|10) bits=(-b 2048) ;; esac
    dnssec-keygen -q -K "$LAB/keys" -a "$algorithm" "${bits[@]}" "$@" "$zone"
}

ds_of() { # ds_of KEY [OPTION]
    dnssec-dsfromkey "${2:--2}" "$LAB/keys/$1.key"
}

dnssec_signzone() { # dnssec_signzone ZONE IN OUT OPTION... -- KEY...   one record a line
    local zone=$1 in=$2 out=$3 options=() key
    shift 3
    while [ "$1" != -- ]; do
        options+=("$1")
        shift
    done
    shift
    cp "$in" "$in.keyed"
    for key in "$@"; do
        cat "$LAB/keys/${key#no:}.key" >> "$in.keyed"
    done
    # A key written as no:KEY is in the zone and signs nothing.
    # shellcheck disable=SC2046
    dnssec-signzone -P -n 1 -O full -K "$LAB/keys" -d "$LAB/keys" -o "$zone" -f "$out" "${options[@]}" \
        "$in.keyed" $(printf '%s\n' "$@" | grep -v '^no:')
}

sign_with_bind() { # sign_with_bind ZONE ALGORITHM IN OUT FAULT
    local zone=$1 algorithm=$2 in=$3 out=$4 fault=$5 key zone_key options
    key=$(bind_key "$zone" "$algorithm" -f KSK) && zone_key=$(bind_key "$zone" "$algorithm") || return 1
    ds_of "$key" > "$LAB/ds/$zone"
    options=$(denial_of "$zone")
    case $fault in
        expired) options="$options -s -5184000 -e now-2592000" ;;
        future) options="$options -s now+864000 -e now+2592000" ;;
        iterations-*) options=$(denial_of "$zone" "${fault#iterations-}") ;;
    esac
    # shellcheck disable=SC2086
    case $fault in
        one-key) dnssec_signzone "$zone" "$in" "$out" $options -z -- "$key" ;;
        one-zone-key)
            ds_of "$zone_key" > "$LAB/ds/$zone"
            dnssec_signzone "$zone" "$in" "$out" $options -z -- "$zone_key" ;;
        roll-*|revoked) roll "$key" "$zone_key" "$options" ;;
        *) dnssec_signzone "$zone" "$in" "$out" $options -- "$key" "$zone_key" && break_zone "$key" "$zone_key" "$options" ;;
    esac
}

# A second key, in each moment of a roll-over (RFC 6781 §4.1). Uses the variables of sign_with_bind.
roll() { # roll KEY ZONE_KEY OPTIONS
    local key=$1 zone_key=$2 new other=$algorithm
    [[ $fault = roll-algorithm* ]] && other=13
    # shellcheck disable=SC2086
    case $fault in
        roll-zsk|roll-zsk-late)
            new=$(bind_key "$zone" "$algorithm") || return 1
            dnssec_signzone "$zone" "$in" "$out" $3 -- "$key" "$zone_key" "no:$new" || return 1
            # Too late: the key that signs has left the DNSKEY set.
            [ "$fault" = roll-zsk ] || replace_keys "$key" "$new" "$3" ;;
        roll-ksk*)
            new=$(bind_key "$zone" "$algorithm" -f KSK) || return 1
            [ "$fault" = roll-ksk-new ] && ds_of "$new" > "$LAB/ds/$zone"
            [ "$fault" = roll-ksk-both ] && ds_of "$new" >> "$LAB/ds/$zone"
            dnssec_signzone "$zone" "$in" "$out" $3 -- "$key" "$new" "$zone_key" ;;
        roll-algorithm*)
            new=$(bind_key "$zone" "$other" -f KSK) && zsk=$(bind_key "$zone" "$other") || return 1
            [ "$fault" = roll-algorithm-new ] && ds_of "$new" >> "$LAB/ds/$zone"
            dnssec_signzone "$zone" "$in" "$out" $3 -- "$key" "$new" "$zone_key" "$zsk" ;;
        revoked)
            new=$(basename "$(dnssec-revoke -K "$LAB/keys" "$LAB/keys/$key")") || return 1
            # dnssec-dsfromkey makes no DS of a revoked key.
            (cd "$LAB/keys" && ldns-key2ds -f -n -2 "$new.key") > "$LAB/ds/$zone" && [ -s "$LAB/ds/$zone" ] || return 1
            dnssec_signzone "$zone" "$in" "$out" $3 -- "$new" "$zone_key" ;;
    esac
}

# The DNSKEY set of the zone becomes that of other keys; all other signatures stay.
replace_keys() { # replace_keys KEY ZONE_KEY OPTIONS
    # shellcheck disable=SC2086
    dnssec_signzone "$zone" "$in" "$out.other" $3 -- "$1" "$2" || return 1
    { edit '!keys' "$out"; edit 'keys' "$out.other"; } > "$out.mixed" && mv "$out.mixed" "$out" && rm "$out.other"
}

edit() { # edit CONDITION FILE   prints the records for which it holds; keys: the DNSKEY set with its signatures
    awk '{ type = $4; covered = $5; keys = type == "DNSKEY" || type == "RRSIG" && covered == "DNSKEY" } '"$1" "$2"
}

edit_in_place() { # edit_in_place CONDITION FILE
    edit "$1" "$2" > "$2.edited" && mv "$2.edited" "$2"
}

# Uses the variables of sign_with_bind.
break_zone() { # break_zone KEY ZONE_KEY OPTIONS
    local key=$1 ds=$LAB/ds/$zone other
    case $fault in
        island) rm "$ds" ;;
        wrong-ds) other=$(bind_key "$zone" "$algorithm" -f KSK) && ds_of "$other" > "$ds" ;;
        # The digest of the right key with one digit changed.
        wrong-ds-digest) sed -i 's/0$/1/; t; s/.$/0/' "$ds" ;;
        wrong-key) other=$(bind_key "$zone" "$algorithm") && replace_keys "$key" "$other" "$3" ;;
        tampered) sed -i 's/192\.0\.2\./192.0.3./' "$out" ;;
        stripped) edit_in_place 'type != "RRSIG"' "$out" ;;
        stripped-leaf) edit_in_place '!(type == "RRSIG" && $1 ~ /^(www|a[.]b[.]c|mail)[.]/)' "$out" ;;
        stripped-denial) edit_in_place 'type !~ /^NSEC/ && !(type == "RRSIG" && covered ~ /^NSEC/)' "$out" ;;
        stripped-keys) edit_in_place '!(type == "RRSIG" && covered == "DNSKEY")' "$out" ;;
        no-keys) edit_in_place '!keys' "$out" ;;
        unknown-algorithm) change_ds 5 200 < "$ds" > "$ds.new" && mv "$ds.new" "$ds" ;;
        unknown-digest) change_ds 6 200 < "$ds" > "$ds.new" && mv "$ds.new" "$ds" ;;
        unknown-beside|unknown-signed)
            change_ds 5 200 < "$ds" >> "$ds"
            # RRSIG: covered, algorithm, ...; all but those of the DNSKEY set say an algorithm nobody knows.
            [ "$fault" = unknown-beside ] || edit_in_place '{ if (type == "RRSIG" && !keys) { $6 = 200 } print }' "$out" ;;
        weak-digest) ds_of "$key" -1 > "$ds" ;;
        digest-384) dnssec-dsfromkey -a SHA-384 "$LAB/keys/$key.key" > "$ds" ;;
    esac
}

change_ds() { # change_ds FIELD VALUE   of lines "zone. IN DS tag algorithm digest-type digest"
    awk -v field="$1" -v value="$2" '{ $field = value; print }'
}

sign_with_none() { # sign_with_none ZONE ALGORITHM IN OUT FAULT
    cp "$3" "$4"
}

# --- ldns --------------------------------------------------------------------------------------------------------
LDNS_NAME=([5]=RSASHA1 [7]=RSASHA1-NSEC3-SHA1 [8]=RSASHA256 [10]=RSASHA512 [13]=ECDSAP256SHA256 [14]=ECDSAP384SHA384
    [15]=ED25519 [16]=ED448)

sign_with_ldns() { # sign_with_ldns ZONE ALGORITHM IN OUT FAULT
    local zone=$1 key zone_key options=() bits=1024 iterations=0
    [ "$2" -ge 8 ] && bits=2048
    key=$(cd "$LAB/keys" && ldns-keygen -a "${LDNS_NAME[$2]}" -b "$bits" -k "$zone") || return 1
    zone_key=$(cd "$LAB/keys" && ldns-keygen -a "${LDNS_NAME[$2]}" -b "$bits" "$zone") || return 1
    (cd "$LAB/keys" && ldns-key2ds -f -n -2 "$key.key") > "$LAB/ds/$zone" || return 1
    # dnssec-signzone refuses more than 150.
    [ "$5" = iterations-500 ] && iterations=500
    case $zone in
        *.org) options=(-n -s 5a17 -t "$iterations") ;;
        *.net) options=(-n -s '' -t "$iterations" -p) ;;
    esac
    case $5 in
        expired-ldns) options+=(-i "$(days -60)" -e "$(days -30)") ;;
        future-ldns) options+=(-i "$(days 10)" -e "$(days 30)") ;;
    esac
    ldns-signzone "${options[@]}" -o "$zone." -f "$4" "$3" "$LAB/keys/$key" "$LAB/keys/$zone_key"
}

days() { # days NUMBER   from now, as signers write times
    date -u -d "$1 days" +%Y%m%d%H%M%S
}

# --- Knot DNS ----------------------------------------------------------------------------------------------------
KNOT_NAME=([5]=rsasha1 [7]=rsasha1-nsec3-sha1 [8]=rsasha256 [10]=rsasha512 [13]=ecdsap256sha256 [14]=ecdsap384sha384
    [15]=ed25519 [16]=ed448)

write_kzonesign_configuration() {
    local zone signer algorithm rest policies='' zones='' denial bits
    while read -r zone signer algorithm rest; do
        [ "$signer" = knot ] || continue
        case $zone in
            *.org) denial='nsec3: on, nsec3-iterations: 5, nsec3-salt-length: 4' ;;
            *.net) denial='nsec3: on, nsec3-iterations: 0, nsec3-salt-length: 0, nsec3-opt-out: on' ;;
            *) denial='nsec3: off' ;;
        esac
        bits=2048
        [ "$algorithm" -lt 8 ] && bits=1024
        denial="$denial, algorithm: ${KNOT_NAME[$algorithm]}"
        [ "$algorithm" -le 10 ] && denial="$denial, ksk-size: $bits, zsk-size: $bits"
        policies+="  - id: $zone, $denial"$'\n'
        zones+="  - domain: $zone, file: $LAB/unsigned/$zone.zone, dnssec-signing: on, dnssec-policy: $zone"$'\n'
    done < "$LAB/zones.txt"
    # One option a line, as its reader wants.
    printf 'database:\n    storage: "%s"\npolicy:\n%s' "$LAB/kasp" "$policies" | sed 's/, /\n    /g'
    printf 'zone:\n%s' "$zones" | sed 's/, /\n    /g'
}

sign_with_knot() { # sign_with_knot ZONE ALGORITHM IN OUT FAULT
    # The key store takes one writer at a time.
    flock "$LAB/kasp" kzonesign -c "$LAB/kzonesign.conf" -o "$LAB/knot-signed" "$1" || return 1
    flock "$LAB/kasp" keymgr -c "$LAB/kzonesign.conf" "$1" ds > "$LAB/ds/$1" || return 1
    cp "$LAB/knot-signed/$1.zone" "$4"
}
