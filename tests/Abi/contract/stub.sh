#!/bin/sh
# stub.sh HEADERS FOLDER: compiles FOLDER/stub.so out of the public headers alone: a library that defines, emptily, every function they declare,
# with the debugging information from which abidw reads the contract. The compiler is gcc: -aux-info is its own.
set -eu

headers=$(cd "$1" && pwd)
mkdir -p "$2"
cd "$2"

# The compiler's own list of what the headers declare: "/* file:line:NC */ extern lac_status lac_init (const lac_init_options *);"
printf '#include "lacuna/lacuna.h"\n' > all.c
gcc -std=c99 -I"$headers" -aux-info declared.txt -fsyntax-only all.c
{
    printf '#include "lacuna/lacuna.h"\n'
    sed -n 's/^\/\* .*lacuna\/[a-z]*\.h:[0-9]*:[NO]C \*\/ extern \(.*\);$/\1 { __builtin_trap(); }/p' declared.txt
} > stub.c
grep -q '^uint32_t lac_abi_version ' stub.c || { echo "stub.sh: $2/declared.txt names no function"; exit 1; }

# C2x: parameters need no names.
gcc -std=gnu2x -g -O0 -shared -fPIC -I"$headers" -Wl,-soname,liblacuna.so.1 -o stub.so stub.c
