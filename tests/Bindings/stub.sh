#!/bin/sh
# stub.sh FOLDER CC EXPORTS: makes FOLDER/liblacuna.so.1 with all the exports, each of which ends the process.
set -eu

{
    echo '#include <stdlib.h>'
    sed 's/.*/void &(void); void &(void) { abort(); }/' "$3"
} > "$1/stub.c"
echo 'LACUNA_1 { global: lac_*; local: *; };' > "$1/stub.map"
$2 -shared -fPIC "$1/stub.c" -Wl,-soname,liblacuna.so.1 "-Wl,--version-script=$1/stub.map" -o "$1/liblacuna.so.1"
