#!/bin/sh
# Links the object that NativeAOT made into liblacuna.a (self-contained) and liblacuna.so.1.
#   link.sh BUILD OUT      BUILD: folder of one level's publish; OUT: receives the two libraries
# CC, LD, AR and OBJCOPY may name other tools. docs/building.md says why each step is there.
set -eu

build=$1
out=$2
here=$(dirname "$0")
exports=$here/../abi/exports.txt
: "${CC:=cc}" "${LD:=ld}" "${AR:=ar}" "${OBJCOPY:=objcopy}"

sdk=$(sed -n 1p "$build/runtime.txt")
framework=$(sed -n 2p "$build/runtime.txt")

# LZ4 goes in as an archive; what nothing calls stays out.
lz4=$("$CC" -print-file-name=liblz4.a)
[ -f "$lz4" ] || { echo "link.sh: liblz4.a is missing (Debian: liblz4-dev)" >&2; exit 1; }

mkdir -p "$out"
objects=
for source in keep signals host files floats; do
    "$CC" -O2 -fPIC -Wall -Wextra -I"$here/../include" -c "$here/$source.c" -o "$build/$source.o"
    objects="$objects $build/$source.o"
done

# One object with the runtime inside. Without the group allocation its COMDAT sections stay and clash in the next link.
"$LD" -r --force-group-allocation --wrap=signal --wrap=sigaction -o "$build/all.o" \
    "$build"/obj/Lacuna.Interop.o $objects "$sdk/libbootstrapperdll.o" --start-group \
    "$sdk/libRuntime.WorkstationGC.a" "$sdk/libeventpipe-disabled.a" "$sdk/libRuntime.VxsortDisabled.a" \
    "$sdk/libstandalonegc-disabled.a" "$sdk/libstdc++compat.a" "$framework/libSystem.Native.a" "$lz4" --end-group

# The runtime finds its modules by section name: ours get names of their own, so that a host may hold a second runtime.
renames=
for section in __modules __managedcode __unbox; do
    renames="$renames --rename-section $section=lac$section"
    renames="$renames --redefine-sym __start_$section=__start_lac$section --redefine-sym __stop_$section=__stop_lac$section"
done
"$OBJCOPY" --strip-debug --keep-global-symbols="$exports" $renames "$build/all.o" "$build/liblacuna.o"
rm -f "$out/liblacuna.a"
"$AR" crs "$out/liblacuna.a" "$build/liblacuna.o"

"$CC" -shared -o "$out/liblacuna.so.1" -Wl,--whole-archive "$out/liblacuna.a" -Wl,--no-whole-archive \
    -Wl,--version-script="$here/lacuna.map" -Wl,-soname,liblacuna.so.1 -Wl,-z,nodelete,-z,now,-z,relro \
    -Wl,--gc-sections,--eh-frame-hdr,-Bsymbolic,--no-undefined -lm -pthread

# Symbols for gdb and perf stay beside the objects.
"$OBJCOPY" --only-keep-debug "$out/liblacuna.so.1" "$build/liblacuna.so.1.dbg"
"$OBJCOPY" --strip-unneeded --add-gnu-debuglink="$build/liblacuna.so.1.dbg" "$out/liblacuna.so.1"
rm -f "$build/all.o" "$build/liblacuna.o"
