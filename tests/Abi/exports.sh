#!/bin/sh
# exports.sh FOLDER EXPORTS: both libraries in FOLDER give the names in EXPORTS and no others; the shared one is linked as promised.
set -eu

folder=$1
exports=$2
library=$folder/liblacuna.so.1

nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@@LACUNA_1$/, "", $3); print $3 }' | sort | diff "$exports" -
nm -g --defined-only "$folder/liblacuna.a" | awk 'NF == 3 { print $3 }' | sort | diff "$exports" -

dynamic=$(readelf -dW "$library"; readelf -lW "$library")
for expected in 'soname: \[liblacuna.so.1\]' 'Flags:.*NODELETE' 'Flags:.*NOW' 'GNU_RELRO'; do
    echo "$dynamic" | grep -q "$expected" || { echo "$library lacks $expected"; exit 1; }
done

needed=$(readelf -dW "$library" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v -E '^(libc|libm|libpthread|ld-linux.*)\.so' || true)
[ -z "$needed" ] || { echo "$library needs more than libc and libm: $needed"; exit 1; }
