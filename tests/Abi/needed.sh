#!/bin/sh
# needed.sh PROGRAM: the program needs nothing but the C library.
set -eu

needed=$(readelf -dW "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | grep -v -E '^(libc|libm|libdl|librt|libpthread|ld-linux.*)\.so' || true)
[ -z "$needed" ] || { echo "$1 needs more than libc and libm: $needed"; exit 1; }
