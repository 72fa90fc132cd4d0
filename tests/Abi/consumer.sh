#!/bin/sh
# consumer.sh WAY PKG_CONFIG PREFIX EXAMPLES FOLDER: builds the examples in C and C++ as a user of the installed PREFIX would, and runs them.
#   WAY: shared or static (by pkg-config), hand (no pkg-config), full (no shared library at all)
set -eu

way=$1
pkg_config=$2
prefix=$3
examples=$4
folder=$5
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig"
mkdir -p "$folder"

case $way in
    shared)
        compile=$("$pkg_config" --cflags lacuna)
        link="$("$pkg_config" --libs lacuna) -Wl,-rpath,$prefix/lib"
        ;;
    static)
        # As --static alone leaves the choice to the linker, which takes a shared library where it finds one.
        compile=$("$pkg_config" --cflags lacuna)
        link=$("$pkg_config" --static --libs lacuna | sed 's/-llacuna/-l:liblacuna.a/')
        ;;
    hand)
        compile=-I$prefix/include
        link="$prefix/lib/liblacuna.a -lm -pthread"
        ;;
    full)
        compile=-I$prefix/include
        link="-static $prefix/lib/liblacuna.a -lm -pthread -Wl,--eh-frame-hdr -Wl,--defsym,__xmknod=mknod"
        ;;
esac

"${CC:-cc}" -std=c99 $compile "$examples/c/example.c" $link -o "$folder/c-$way"
"${CXX:-c++}" -std=c++17 $compile "$examples/cpp/example.cpp" $link -o "$folder/cpp-$way"
for language in c cpp; do
    "$folder/$language-$way" "$examples/golden/golden.lac" | diff "$examples/expected.txt" -
    needed=$(readelf -dW "$folder/$language-$way" | grep -c 'NEEDED.*liblacuna' || true)
    case $way in
        shared) [ "$needed" = 1 ] || { echo "$folder/$language-$way does not use the shared library"; exit 1; } ;;
        *) [ "$needed" = 0 ] || { echo "$folder/$language-$way needs the shared library"; exit 1; } ;;
    esac
done
if [ "$way" = full ] && readelf -lW "$folder/c-full" | grep -q INTERP; then
    echo "$folder/c-full wants a loader"
    exit 1
fi
