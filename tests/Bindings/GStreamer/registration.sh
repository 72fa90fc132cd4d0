#!/bin/sh
# registration.sh GOLDEN CC EXPORTS: scanning, inspecting and recognising a file call nothing of liblacuna. The library is replaced by one in
# which each function ends the process. GST_PLUGIN_PATH names the plugin's folder.
set -eu

golden=$1
cc=$2
exports=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

command -v gst-inspect-1.0 > /dev/null || { echo "skipped: gst-inspect-1.0 is not here"; exit 77; }
sh "$(dirname "$0")/../stub.sh" "$folder" "$cc" "$exports"

export GST_REGISTRY="$folder/registry" LD_LIBRARY_PATH="$folder"
for fork in yes no; do
    rm -f "$GST_REGISTRY"
    GST_REGISTRY_FORK=$fork gst-inspect-1.0 lacuna > "$folder/inspected.txt" || fail "the plugin does not load"
    for expected in 'lacunadec: Lacuna decoder' 'lacunaenc: Lacuna encoder' 'image/x-lacuna: lac' '2 elements' '1 typefinders'; do
        grep -q "$expected" "$folder/inspected.txt" || fail "$(cat "$folder/inspected.txt")"
    done
done

for element in lacunadec lacunaenc; do
    gst-inspect-1.0 $element > /dev/null || fail "$element cannot be made without a call"
done
gst-typefind-1.0 "$golden/golden.lac" | grep -q 'image/x-lacuna' || fail "the type is not found without a call"

# The test itself: decoding does call, and is aborted (128 + SIGABRT).
status=0
gst-launch-1.0 -q filesrc "location=$golden/golden.lac" ! lacunadec ! fakesink > /dev/null 2>&1 || status=$?
[ "$status" = 134 ] || fail "the replaced library was not used: status $status"
