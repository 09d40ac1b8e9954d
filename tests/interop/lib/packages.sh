# Debian packages for the lab: installed by name when something is missing, with no daemon started on the way.
# Sourced by every run that needs them.

# need_packages PACKAGE...   installs those that are not there; as an ordinary user it says what to install.
need_packages() {
    local missing=() package policy=/usr/sbin/policy-rc.d made_policy=no status=0
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "missing packages, install them first: ${missing[*]}" >&2
        return 1
    fi
    # invoke-rc.d asks this file before it starts a service: 101 means "not allowed".
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' > "$policy" && chmod 755 "$policy" && made_policy=yes
    fi
    echo "installing ${missing[*]}"
    {
        apt-get update -q &&
        DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
    } > "${TMPDIR:-/tmp}/resolver-packages.$$.log" 2>&1 < /dev/null || status=1
    [ "$status" -eq 0 ] || tail -n 20 "${TMPDIR:-/tmp}/resolver-packages.$$.log" >&2
    rm -f "${TMPDIR:-/tmp}/resolver-packages.$$.log"
    [ "$made_policy" = yes ] && rm -f "$policy"
    return "$status"
}
