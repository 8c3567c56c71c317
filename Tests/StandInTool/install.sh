#!/bin/sh
# install.sh FOLDER PROGRAM RELEASE: an installation of one program, as the vendor's installer lays it out.
set -e
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 program=$2 release=$3
mkdir -p "$folder/bin"
cat > "$folder/bin/$program" <<END
#!/bin/sh
# Like the real one, a script that starts the program proper as a child.
tclsh "$here/main.tcl" "$folder" "$program" "$release" "\$@" &
child=\$!
[ "\$(cat "$folder/fault" 2>/dev/null)" = stubborn ] && trap '' TERM
wait \$child
status=\$?
# A wait that a signal ended is not the child's end.
while kill -0 \$child 2>/dev/null; do wait \$child; status=\$?; done
exit \$status
END
chmod +x "$folder/bin/$program"
product=$(echo "$program" | tr a-z- A-Z_)
cat > "$folder/settings64.sh" <<END
export PATH="$folder/bin:\$PATH"
export STANDIN_SETTINGS="\${STANDIN_SETTINGS:-}$product "
END
