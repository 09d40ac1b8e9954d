#!/usr/bin/env bash
# Signs the internet of the benchmark, once: root and net deny by NSEC, com by NSEC3 with opt-out (as the real com does),
# a third of the hosted zones by NSEC or NSEC3 in turn. All keys are ECDSA P-256, one for each zone.
# Sourced by bench/peers/run. Uses: HINTS and write_internet. bench/peers/signed.sh sign … signs a single zone.

# signed_internet FOLDER   makes it unless it is there and made by these scripts.
signed_internet() {
    local folder=$1 version
    version=$(cat "$HERE/signed.sh" "$HERE/internet.awk" "$HINTS" | cksum) || return 1
    [ "$(cat "$folder/complete" 2>/dev/null)" = "$version" ] && return 0
    echo "signing $folder, once" >&2
    write_internet "$folder" 1 || return 1
    mkdir -p "$folder/files/signed" "$folder/keys" "$folder/ds"
    xargs -r -P "$(nproc)" -L 1 "$HERE/signed.sh" sign "$folder" < "$folder/sign.txt" || return 1
    # Its servers sign nothing, and are the root's: the delegation has to be there, lest its absence be proven.
    awk '$0 !~ /^;/ && $3 == "NS" { print "root-servers.net. NS " tolower($4) }
        $0 !~ /^;/ && ($3 == "A" || $3 == "AAAA") { print tolower($1), $3, $4 }' "$HINTS" >> "$folder/tld/net.zone"
    sign_parent "$folder" com nsec3-opt-out tld/com.zone '*.com' &&
        sign_parent "$folder" net nsec tld/net.zone 'host*.net' &&
        sign_parent "$folder" . nsec root/root.zone com net &&
        cp "$folder/ds/root" "$folder/root.ds" && echo "$version" > "$folder/complete"
}

# sign_parent FOLDER ZONE DENIAL FILE PATTERN...   adds the DS records of the zones named so, and signs in place.
sign_parent() {
    local folder=$1 zone=$2 denial=$3 file=$1/$4 pattern
    shift 4
    for pattern in "$@"; do
        find "$folder/ds" -name "$pattern" -exec cat {} + >> "$file"
    done
    sign_zone "$folder" "$zone" "$denial" "$file" && mv "$folder/files/signed/$(file_of "$zone").zone" "$file"
}

file_of() { if [ "$1" = . ]; then echo root; else echo "$1"; fi; }

# sign_zone FOLDER ZONE DENIAL FILE   leaves FOLDER/files/signed/ZONE.zone and FOLDER/ds/ZONE.
sign_zone() {
    local name key options=(-i 20240101 -e 20440101)
    name=$(file_of "$2")
    case $3 in
        nsec3) options+=(-n -t 0) ;;
        nsec3-opt-out) options+=(-n -t 0 -p) ;;
    esac
    cd "$1/keys" && key=$(ldns-keygen -a ECDSAP256SHA256 -k "$2") && mv "$key.ds" "../ds/$name" &&
        ldns-signzone "${options[@]}" -o "$2" -f "../files/signed/$name.zone" "$4" "$key" && cd - > /dev/null
}

if [ "${1:-}" = sign ]; then
    set -u
    sign_zone "$2" "$3" "$4" "$5"
fi
