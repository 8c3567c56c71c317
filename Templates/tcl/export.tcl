# An IP for the IP catalog of Vivado. Run it from any folder:
#   {{ command }} export.tcl
# It packages what synth.tcl synthesised, or synthesises if there is nothing. The IP is in
# {{ project }}_prj/solution1/impl/ip beside this script.
cd [file dirname [file normalize [info script]]]
source project.tcl
set flow vivado
source ip.tcl
source reuse.tcl

use_synthesis pack_ip
puts "hlsbuild: export complete"
exit
