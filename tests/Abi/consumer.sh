#!/bin/sh
# consumer.sh PKG_CONFIG PREFIX SOURCE: builds the source as pkg-config says, shared and static, and runs it.
set -eu

pkg_config=$1
prefix=$2
source=$3
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"

flags=$("$pkg_config" --cflags --libs lacuna)
"${CC:-cc}" -std=c99 "$source" $flags "-Wl,-rpath,$prefix/lib" -o "$prefix/gradient"
"$prefix/gradient"

"${CC:-cc}" -std=c99 "$source" $("$pkg_config" --cflags lacuna) "$prefix/lib/liblacuna.a" -lm -pthread -o "$prefix/gradient-static"
"$prefix/gradient-static"
