#!/bin/sh -eu
# Copies what was built below a prefix: `make install PREFIX=...` (default /usr/local). DESTDIR goes before it.
cd "$(dirname "$0")/../../.."
root=${DESTDIR:-}${PREFIX:-/usr/local}
binary=${BINARY:-.build/release/hlsbuild}
share=$root/share

install -d "$root/bin" "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d"
# To a name of its own first: a running hlsbuild keeps its file.
install -m 755 "$binary" "$root/bin/.hlsbuild.new"
mv -f "$root/bin/.hlsbuild.new" "$root/bin/hlsbuild"
"$binary" --generate-manual > "$share/man/man1/hlsbuild.1"
"$binary" --generate-completion-script bash > "$share/bash-completion/completions/hlsbuild"
"$binary" --generate-completion-script zsh > "$share/zsh/site-functions/_hlsbuild"
"$binary" --generate-completion-script fish > "$share/fish/vendor_completions.d/hlsbuild.fish"

# Exactly the templates of this version: files of an earlier one would be written into firmware.
templates=$share/hlsbuild/Templates
rm -rf "$templates"
(cd Templates && find cfg firmware hls projects release tcl -type f) | while read -r file; do
    install -D -m 644 "Templates/$file" "$templates/$file"
done
echo "installed $root/bin/hlsbuild; templates in $templates"
