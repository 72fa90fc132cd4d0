#!/bin/sh
# man.sh PROGRAM PAGES: every command has a manual page that names the options of its --help and no others, and troff warns of nothing.
set -eu

program=$1
pages=$2

# described PAGE HEADING: the options in a page, or below one of its headings.
described() {
    awk -v heading="$2" '/^\.S[sh] / { inside = heading == "" || $0 == ".Ss " heading } inside && /^\.It Fl/ { print $3 }' "$1" \
        | sed 's/\\-/-/g; s/^/-/' | sort
}

commands=$("$program" --help | awk '/^Commands:/ { inside = 1; next } /^[^ ]/ { inside = 0 } inside' | sed -n 's/^  \(vq [a-z]*\|[a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -l)" -gt 10 ] || { echo "lacuna --help lists no commands"; exit 1; }
echo "$commands" | while read -r command; do
    page=$pages/lacuna-${command%% *}.1
    heading=
    [ "$command" = "${command%% *}" ] || heading="lacuna $command"
    grep -q "^\.Nm lacuna $command\$" "$page" || { echo "$page has no synopsis of $command"; exit 1; }
    grep -q "^\.It Xr lacuna-${command%% *} 1" "$pages/lacuna.1" || { echo "lacuna.1 does not name $command"; exit 1; }
    options=$("$program" $command --help | sed -n '/^Options:/,/^Examples:/s/^  \(-[-a-z0-9]*\).*/\1/p' | sort)
    [ -n "$options" ] || { echo "lacuna $command --help names no options"; exit 1; }
    if [ "$options" != "$(described "$page" "$heading")" ]; then
        echo "$command: --help names" $options "and $page" $(described "$page" "$heading")
        exit 1
    fi
done

command -v man > /dev/null || { echo "skipped: man is not here (Debian: man-db)"; exit 77; }
for page in "$pages"/*.1; do
    warnings=$(man --warnings -l "$page" 2>&1 > /dev/null)
    [ -z "$warnings" ] || { echo "$page: $warnings"; exit 1; }
done
