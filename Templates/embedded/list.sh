#!/bin/sh
# Writes files.S, the table of all templates: `make templates`. With each stands its checksum, so that the table changes
# when a template does; where nothing has changed it keeps its file, and nothing is assembled again.
set -eu
cd "$(dirname "$0")/.."
out=embedded/files.S
trap 'rm -f "$out.new"' EXIT
find cfg firmware hls projects release tcl -type f | LC_ALL=C sort | xargs cksum | {
    echo '// Made by list.sh: every template, and where its bytes lie.'
    echo '    .section .note.GNU-stack,"",@progbits'
    echo '    .section .rodata'
    n=0
    while read -r sum size path; do
        printf '// %s %s\npath%d: .asciz "%s"\nstart%d: .incbin "%s"\nend%d:\n' $sum $size $n "$path" $n "$path" $n
        n=$((n + 1))
    done
    echo '    .section .data.rel.ro,"aw"'
    echo '    .balign 8'
    echo '    .globl hlsbuild_templates'
    echo '    .globl hlsbuild_templates_end'
    echo 'hlsbuild_templates:'
    i=0
    while [ $i -lt $n ]; do
        echo "    .quad path$i, start$i, end$i"
        i=$((i + 1))
    done
    echo 'hlsbuild_templates_end:'
} > "$out.new"
cmp -s "$out.new" "$out" || mv "$out.new" "$out"
