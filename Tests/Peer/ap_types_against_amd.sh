#!/bin/sh
# Runs the vectors of Tests/HeaderTests through AMD's open ap_types, which hls4ml 1.3.0 brings along, in place of ours:
# oracle, our headers and the vendor's then agree. What the vendor's headers are known to get wrong is left out
# (Tests/HeaderTests/VendorDefects.swift). Needs pip and unzip; `make peer` calls it, `make test` does not.
#
#   HLSBUILD_PEER_AP_TYPES=DIR   use the headers in DIR instead of fetching them
set -eu
cd "$(dirname "$0")/../.."
headers=${HLSBUILD_PEER_AP_TYPES:-}
if [ -z "$headers" ]; then
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    pip download --quiet --no-deps --dest "$folder" hls4ml==1.3.0
    unzip -q "$folder"/hls4ml-*.whl 'hls4ml/templates/vivado/ap_types/*' -d "$folder"
    headers=$folder/hls4ml/templates/vivado/ap_types
fi
HLSBUILD_AP_TYPES=$headers swift test --filter HeaderTests
