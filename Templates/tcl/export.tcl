# C++ to an IP for the IP catalog of Vivado. Run it in this folder:
#   {{ command }} export.tcl
# The IP is in {{ project }}_prj/solution1/impl/ip.
set flow vivado
source ip.tcl
source hls.tcl

csynth_design
export_design -format ip_catalog -rtl verilog -version $version
puts "hlsbuild: export complete"
exit
