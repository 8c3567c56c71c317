# An IP for the IP catalog of Vivado. Run it in this folder:
#   {{ command }} export.tcl
# It packages what synth.tcl synthesised, or synthesises if there is nothing. The IP is in {{ project }}_prj/solution1/impl/ip.
source project.tcl
set flow vivado
source ip.tcl
source reuse.tcl

proc pack {} {
    global version
    export_design -format ip_catalog -rtl verilog -version $version
}

use_synthesis pack
puts "hlsbuild: export complete"
exit
