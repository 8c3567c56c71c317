#!/bin/sh
# Writes files.S, the table of all templates: `sh Templates/embedded/list.sh`. A test fails when it is out of date.
# With an argument, writes it there instead.
set -eu
out=${1:-embedded/files.S}
cd "$(dirname "$0")/.."
files=$(find cfg firmware hls projects release tcl -type f | LC_ALL=C sort)
{
    echo '// Made by list.sh: every template, and where its bytes lie.'
    echo '    .section .note.GNU-stack,"",@progbits'
    echo '    .section .rodata'
    n=0
    for f in $files; do
        printf 'path%d: .asciz "%s"\nstart%d: .incbin "%s"\nend%d:\n' $n "$f" $n "$f" $n
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
} > "$out"
