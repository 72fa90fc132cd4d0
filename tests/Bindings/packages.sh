#!/bin/sh
# packages.sh PACKAGES FOLDER PACKAGE PLUGIN COMMAND...: unpacks liblacuna1 and PACKAGE into FOLDER, looks at what the package says of itself, and
# runs the command. PLUGIN is the plugin's path below the library folder of the architecture.
set -eu

packages=$1
folder=$2
package=$3
plugin=$4
shift 4

fail() {
    echo "$*" >&2
    exit 1
}

command -v dpkg-deb > /dev/null || { echo "skipped: dpkg-deb is not here"; exit 77; }
rm -rf "$folder"
for name in liblacuna1 "$package"; do
    dpkg-deb -x "$packages"/"$name"_*.deb "$folder"
    [ -s "$folder/usr/share/doc/$name/copyright" ] || fail "$name has no copyright file"
done
dpkg-deb -f "$packages"/"$package"_*.deb Depends | grep -q '^liblacuna1 (= ' || fail "$package does not depend on its library"

library=$(dirname "$(find "$folder/usr/lib" -maxdepth 2 -name liblacuna.so.1)")
[ -f "$library/$plugin" ] && [ ! -x "$library/$plugin" ] || fail "$library/$plugin is missing or executable"
ldd "$library/$plugin" | grep -q "liblacuna.so.1 => $(realpath "$folder")" || fail "$(ldd "$library/$plugin")"

"$@"
