#!/bin/sh
# compare.sh HEADERS PINNED FOLDER: fails, and shows what differs, where the headers in HEADERS are not the contract pinned in PINNED.
set -eu

here=$(dirname "$0")
headers=$1
pinned=$2
folder=$3
command -v abidiff > /dev/null || { echo "skipped: abidiff is not here (Debian: abigail-tools)"; exit 77; }

rm -rf "$folder"
sh "$here/stub.sh" "$headers" "$folder"
if ! abidiff "$pinned" "$folder/stub.so"; then
    echo "The headers differ from interop/abi/lacuna.abi. docs/abi.md tells what may change; tests/Abi/contract/pin.sh pins it anew."
    exit 1
fi
