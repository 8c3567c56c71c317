#!/bin/sh
# AMD's open ap_types, which hls4ml 1.3.0 brings along, in place of ours. Two things are compared:
#
#   - the vectors of Tests/HeaderTests: oracle, our headers and the vendor's agree. What the vendor's headers are known
#     to get wrong is left out (Tests/HeaderTests/VendorDefects.swift)
#   - every project of the tests' corpus and 60 random networks, on arrays and on streams, written for both of the
#     vendor's tools, on random inputs and extremes: the emulator, csim with our headers and csim with the vendor's give
#     the same integers (Tests/ToolsTests/PeerHeaderTests.swift); it prints a table
#
# `make peer` calls it, `make test` does not. It needs g++, and pip and unzip where the headers have to be fetched.
#
#   AMD_AP_TYPES=DIR     use the headers in DIR instead of fetching them
#   HLSBUILD_CASES=DIR   take the models of these reference cases too (engines_equal.py --generate-only makes some)
set -eu
cd "$(dirname "$0")/../.."
headers=${AMD_AP_TYPES:-}
if [ -z "$headers" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    pip download --quiet --no-deps --dest "$folder" hls4ml==1.3.0
    unzip -q "$folder"/hls4ml-*.whl 'hls4ml/templates/vivado/ap_types/*' -d "$folder"
    headers=$folder/hls4ml/templates/vivado/ap_types
fi
[ -f "$headers/ap_fixed.h" ] || { echo "no ap_fixed.h in $headers" >&2; exit 2; }
HLSBUILD_AP_TYPES=$(cd "$headers" && pwd) swift test --filter HeaderTests
