# The RTL simulated on tb_data, with a verdict. Run it from any folder:
#   {{ command }} cosim.tcl
# It simulates what synth.tcl synthesised, or synthesises if there is nothing. bench.tcl says how many samples. The
# outputs of the RTL, as raw integers, are in tb_data/rtl_cosim_results.log.
cd [file dirname [file normalize [info script]]]
source project.tcl
source tool.tcl
source reuse.tcl
source bench.tcl

use_synthesis simulate_rtl was_simulated
puts "hlsbuild: cosim complete"
exit
