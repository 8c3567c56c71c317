# A kernel object for the accelerator flow, {{ project }}.xo. Run it from any folder:
#   {{ command }} kernel.tcl
# It packages what synth.tcl synthesised for that flow, or synthesises if there is nothing.
cd [file dirname [file normalize [info script]]]
source project.tcl
set flow vitis
source ip.tcl
source reuse.tcl

use_synthesis pack_kernel
puts "hlsbuild: export complete"
exit
