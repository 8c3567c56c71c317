# The C++ simulated on tb_data, with a verdict. Run it from any folder:
#   {{ command }} csim.tcl
# bench.tcl says how many samples. The outputs, as raw integers, are in tb_data/csim_results.log.
cd [file dirname [file normalize [info script]]]
source project.tcl
source bench.tcl

# What synth.tcl left stays.
set is_fresh 0
source hls.tcl
simulate_c
puts "hlsbuild: csim complete"
exit
