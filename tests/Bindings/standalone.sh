#!/bin/sh
# standalone.sh CMAKE BINDING PREFIX BUILD PLUGIN COMMAND...: builds the binding alone against the installed Lacuna, installs it beside, and runs
# the command. The plugin must find the library of the prefix, at the level of this processor.
set -eu

cmake=$1
binding=$2
prefix=$3
build=$4
plugin=$5
shift 5

rm -rf "$build"
"$cmake" -S "$binding" -B "$build" "-DCMAKE_PREFIX_PATH=$prefix" > "$build.log" 2>&1 || { cat "$build.log"; exit 1; }
"$cmake" --build "$build" >> "$build.log" 2>&1 || { cat "$build.log"; exit 1; }
"$cmake" --install "$build" --prefix "$prefix" >> "$build.log" 2>&1 || { cat "$build.log"; exit 1; }

# What the loader picks for programs, it picks for the plugin.
found=$(ldd "$prefix/$plugin" | sed -n 's/.*liblacuna\.so\.1 => \(.*\) (.*/\1/p')
[ -n "$found" ] || { echo "$plugin does not find liblacuna.so.1"; exit 1; }
case $(realpath "$found") in
    "$(realpath "$prefix")"/lib/*) ;;
    *) echo "$plugin takes $found"; exit 1 ;;
esac
if "$(command -v ld.so || echo /lib64/ld-linux-x86-64.so.2)" --help 2> /dev/null | grep -q 'x86-64-v3 (supported'; then
    case $found in
        */glibc-hwcaps/x86-64-v*) ;;
        *) echo "$plugin takes the base level: $found"; exit 1 ;;
    esac
fi

"$@"
