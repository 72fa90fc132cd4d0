#!/bin/sh
# desktop.sh LOADER USED GOLDEN BINDING COMMAND...: a private desktop that knows the loader. Asks its programs for type and thumbnail of the
# golden file, then runs the command there, with USED in the loader's place.
set -eu

loader=$1
used=$2
golden=$3
binding=$4
shift 4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

needs() {
    command -v "$1" > /dev/null || { echo "skipped: $1 is not here"; exit 77; }
}

# The type of the file, by name and by content.
needs update-mime-database
export XDG_DATA_HOME="$folder/share" XDG_DATA_DIRS="$folder/share:/usr/share"
mkdir -p "$XDG_DATA_HOME/mime/packages"
cp "$binding/lacuna.xml" "$XDG_DATA_HOME/mime/packages"
update-mime-database "$XDG_DATA_HOME/mime"
cp "$golden/golden.lac" "$folder/content"
echo nothing > "$folder/named.lac"
if command -v gio > /dev/null; then
    for file in content named.lac; do
        gio info -a standard::content-type,standard::fast-content-type "$folder/$file" | grep -q ': image/x-lacuna' || fail "$file has another type"
    done
fi

# The loaders' cache, with this one in it.
query=$(pkg-config --variable=gdk_pixbuf_query_loaders gdk-pixbuf-2.0 2> /dev/null || true)
[ -x "$query" ] || query=$(command -v gdk-pixbuf-query-loaders || true)
[ -n "$query" ] || { echo "skipped: gdk-pixbuf-query-loaders is not here"; exit 77; }
export GDK_PIXBUF_MODULE_FILE="$folder/loaders.cache"
"$query" "$loader" > "$GDK_PIXBUF_MODULE_FILE"
grep -q '"image/x-lacuna"' "$GDK_PIXBUF_MODULE_FILE" || fail "$(cat "$GDK_PIXBUF_MODULE_FILE")"

# A thumbnail, by the line of the desktop's entry.
if command -v gdk-pixbuf-thumbnailer > /dev/null; then
    exec_line=$(sed -n 's/^Exec=//p' "$binding/lacuna.thumbnailer")
    $(echo "$exec_line" | sed "s|%s|32|; s|%u|file://$folder/content|; s|%o|$folder/thumbnail.png|")
    width=$(od -An -tu1 -j19 -N1 "$folder/thumbnail.png" | tr -d ' ')
    [ "$width" = 32 ] || fail "the thumbnail is $width pixels wide"
fi

sed -i "s|^\"/.*\"$|\"$used\"|" "$GDK_PIXBUF_MODULE_FILE"
G_DEBUG=fatal-criticals "$@"
