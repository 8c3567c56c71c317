# A kernel object for the accelerator flow, {{ project }}.xo. Run it in this folder:
#   {{ command }} kernel.tcl
# It packages what synth.tcl synthesised for that flow, or synthesises if there is nothing.
source project.tcl
set flow vitis
source ip.tcl
source reuse.tcl

proc pack {} {
    global project version
    export_design -format xo -rtl verilog -version $version -output $project.xo
}

use_synthesis pack
puts "hlsbuild: export complete"
exit
