# C++ to a kernel object for the accelerator flow. Run it in this folder:
#   {{ command }} kernel.tcl
set flow vitis
source ip.tcl
source hls.tcl

csynth_design
export_design -format xo -rtl verilog -version $version -output {{ project }}.xo
puts "hlsbuild: export complete"
exit
