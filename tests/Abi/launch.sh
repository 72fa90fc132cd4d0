#!/bin/sh
# launch.sh LAUNCHER FOLDER: the launcher starts the program of the processor's level, with the caller's arguments.
set -eu

launcher=$1
folder=$2
rm -rf "$folder"
mkdir -p "$folder/bin" "$folder/libexec/lacuna"
cp "$launcher" "$folder/bin/lacuna"
ln -s bin/lacuna "$folder/link"
for level in base v3 v4; do
    printf '#!/bin/sh\necho "%s $*"\n' $level > "$folder/libexec/lacuna/lacuna-$level"
    chmod +x "$folder/libexec/lacuna/lacuna-$level"
done

expect() {
    wanted=$1
    shift
    got=$("$@")
    [ "$got" = "$wanted" ] || { echo "$*: '$got' instead of '$wanted'"; exit 1; }
}

"$folder/bin/lacuna" x | grep -q -E '^(base|v3|v4) x$'
expect "$("$folder/bin/lacuna" 1 2)" "$folder/link" 1 2
if command -v qemu-x86_64-static > /dev/null; then
    expect "base a b" qemu-x86_64-static -cpu Nehalem "$folder/bin/lacuna" a b
    expect "v3 a b" qemu-x86_64-static -cpu Haswell "$folder/bin/lacuna" a b
fi

rm "$folder/libexec/lacuna/"*
if "$folder/bin/lacuna" 2> "$folder/message"; then
    echo "a missing program went unnoticed"
    exit 1
fi
grep -q 'cannot start' "$folder/message"
