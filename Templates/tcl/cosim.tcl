# C++ to RTL, and the RTL simulated on tb_data/tb_input_features.dat. Run it in this folder:
#   {{ command }} cosim.tcl
# The outputs of the RTL, as raw integers, are in tb_data/rtl_cosim_results.log.
set flow vivado
source hls.tcl
add_files -tb -cflags "-std={{ standard }} -Wno-unknown-pragmas" {{ project }}_test.cpp
add_files -tb tb_data

csynth_design
cosim_design -rtl verilog
puts "hlsbuild: cosim complete"
exit
