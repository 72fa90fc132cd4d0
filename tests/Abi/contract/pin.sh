#!/bin/sh
# pin.sh: writes interop/abi/lacuna.abi anew, from the headers. Read the difference before you commit it: docs/abi.md tells what may change.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
interop=$here/../../../interop
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

sh "$here/stub.sh" "$interop/include" "$folder"
abidw --no-corpus-path --no-comp-dir-path --no-show-locs --no-elf-needed --type-id-style hash \
    --out-file "$folder/lacuna.abi" "$folder/stub.so"
mv "$folder/lacuna.abi" "$interop/abi/lacuna.abi"
