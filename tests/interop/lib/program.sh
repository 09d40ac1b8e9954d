# The resolver as it is delivered: one native executable. Sourced after packages.sh by whatever runs the published
# program. Uses: REPOSITORY.

publish() { # publish PROJECT FOLDER
    dotnet publish "$REPOSITORY/$1" -c Release -o "$2" -v q --nologo -clp:NoSummary
}

# publish_native PROJECT FOLDER   with what the native compiler needs: without it `dotnet publish` would leave a program
# for the just-in-time compiler, and something else would be tested or measured than what is delivered.
publish_native() {
    local needed=()
    command -v clang > /dev/null || needed+=(clang)
    [ -e /usr/include/zlib.h ] || [ -e /usr/local/include/zlib.h ] || needed+=(zlib1g-dev)
    need_packages "${needed[@]}" && publish "$1" "$2"
}

# publish_program FOLDER   the resolver from this tree, unless PROGRAM is one already.
publish_program() {
    [ -z "$PROGRAM" ] || return 0
    publish_native src/Resolver.Server "$1" && PROGRAM=$1/resolver
}
