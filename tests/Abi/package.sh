#!/bin/sh
# package.sh PACKAGES FOLDER EXAMPLES: installs the .deb files of PACKAGES with dpkg into a root of its own below FOLDER, checks what they say of
# themselves, runs the program, builds the examples in C and C++ against what is installed, and removes all of it.
set -eu

packages=$1
folder=$2
examples=$3
for tool in dpkg dpkg-shlibdeps; do
    command -v $tool > /dev/null || { echo "skipped: $tool is not here"; exit 77; }
done
case $folder in /*) ;; *) echo "package.sh: FOLDER must be absolute"; exit 2 ;; esac

fail() {
    echo "$*"
    exit 1
}

set -- "$packages"/liblacuna1_*.deb "$packages"/liblacuna-dev_*.deb "$packages"/lacuna_*.deb
[ $# = 3 ] || fail "$packages holds not one of each package: $*"

# A root whose dpkg knows of the system's C library, so that dependencies count, and of nothing else.
root=$folder/installed
rm -rf "$folder"
mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
for name in libc6 libgcc-s1 gcc-12-base libcrypt1; do
    dpkg-query -s "$name" 2> /dev/null && echo
done > "$root/var/lib/dpkg/status" || true
dpkg_here() {
    if [ "$(id -u)" = 0 ]; then
        dpkg --root="$root" --force-script-chrootless "$@"
    else
        fakeroot dpkg --root="$root" --force-script-chrootless --force-not-root "$@"
    fi
}
[ "$(id -u)" = 0 ] || command -v fakeroot > /dev/null || { echo "skipped: neither root nor fakeroot"; exit 77; }
dpkg_here -i "$@" > "$folder/dpkg.log" 2>&1 || { cat "$folder/dpkg.log"; exit 1; }
for name in liblacuna1 liblacuna-dev lacuna; do
    dpkg_here -s "$name" > "$folder/$name.txt"
    grep -q '^Status: install ok installed' "$folder/$name.txt" || fail "$name is not installed: $(cat "$folder/$name.txt")"
    [ -s "$root/usr/share/doc/$name/copyright" ] || fail "$name has no copyright file"
    [ -z "$(dpkg_here -V "$name")" ] || fail "$name: files differ from its md5sums"
done
grep -q '^Depends: .*libc6 (>= 2\.' "$folder/liblacuna1.txt" || fail "liblacuna1 does not depend on libc6"
grep -q '^Depends: .*libc6 (>= 2\.' "$folder/lacuna.txt" || fail "lacuna does not depend on libc6"
grep -q '^Depends: liblacuna1 (= ' "$folder/liblacuna-dev.txt" || fail "liblacuna-dev does not depend on its library"
grep -q '^activate-noawait ldconfig$' "$root/var/lib/dpkg/info/liblacuna1.triggers" || fail "liblacuna1 triggers no ldconfig"
grep -q '^liblacuna 1 liblacuna1' "$root/var/lib/dpkg/info/liblacuna1.shlibs" || fail "liblacuna1 has no shlibs"

# The layout: libraries of every level by architecture, the link for the linker, manuals.
lib=$(dirname "$(find "$root/usr/lib" -maxdepth 2 -name liblacuna.so.1)")
[ "$(readlink "$lib/liblacuna.so")" = liblacuna.so.1 ] || fail "liblacuna.so is no link to liblacuna.so.1"
for level in "" glibc-hwcaps/x86-64-v3/ glibc-hwcaps/x86-64-v4/; do
    [ "$(uname -m)" = x86_64 ] || [ -z "$level" ] || continue
    readelf -dW "$lib/${level}liblacuna.so.1" | grep -q 'soname: \[liblacuna.so.1\]' || fail "$lib/${level}liblacuna.so.1: no SONAME"
    [ ! -x "$lib/${level}liblacuna.so.1" ] || fail "$lib/${level}liblacuna.so.1 is executable"
done
gzip -t "$root/usr/share/man/man1/lacuna.1.gz" "$root/usr/share/man/man1/lacuna-decode.1.gz"

# The program runs, and decodes the golden stream.
"$root/usr/bin/lacuna" --version | grep -q '^lacuna [0-9]'
"$root/usr/bin/lacuna" decode "$examples/golden/golden.lac" "$folder/golden.ppm" > /dev/null
[ "$(wc -c < "$folder/golden.ppm")" = $((13 + 61 * 43 * 3)) ] || fail "the golden stream decoded to $(wc -c < "$folder/golden.ppm") bytes"

# The examples, by pkg-config as a Debian user builds them.
export LD_LIBRARY_PATH="$lib"
if command -v pkg-config > /dev/null; then
    flags=$(PKG_CONFIG_PATH=$lib/pkgconfig pkg-config --cflags --libs lacuna)
    "${CC:-cc}" -std=c99 "$examples/c/example.c" $flags -o "$folder/example-c"
    "${CXX:-c++}" -std=c++17 "$examples/cpp/example.cpp" $flags -o "$folder/example-cpp"
    "$folder/example-c" "$examples/golden/golden.lac" | diff "$examples/expected.txt" -
    "$folder/example-cpp" "$examples/golden/golden.lac" | diff "$examples/expected.txt" -
fi

# And by CMake.
{ cmake -S "$examples/cpp" -B "$folder/cmake" -DCMAKE_PREFIX_PATH="$root/usr" && cmake --build "$folder/cmake"; } > "$folder/cmake.log" 2>&1 \
    || { cat "$folder/cmake.log"; exit 1; }
"$folder/cmake/example" "$examples/golden/golden.lac" | diff "$examples/expected.txt" -

dpkg_here -r lacuna liblacuna-dev > "$folder/dpkg.log" 2>&1 || { cat "$folder/dpkg.log"; exit 1; }
[ ! -e "$root/usr/bin/lacuna" ] && [ ! -e "$root/usr/include/lacuna" ] || fail "removal leaves files"
