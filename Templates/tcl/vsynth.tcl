# RTL to gates, out of context, with the clock that the firmware is meant for. Run it in this folder after synth.tcl:
#   vivado -mode batch -source vsynth.tcl                        synthesis alone
#   vivado -mode batch -source vsynth.tcl -tclargs route         placement and routing as well
#   vivado -mode batch -source vsynth.tcl -tclargs synth FOLDER  of the Verilog in that folder
# The reports are in vsynth/.
source project.tcl
set effort synth
set rtl ${project}_prj/solution1/syn/verilog
if {[info exists argv] && [llength $argv] > 0} { set effort [lindex $argv 0] }
if {[info exists argv] && [llength $argv] > 1} { set rtl [lindex $argv 1] }
if {$effort ne "synth" && $effort ne "route"} { error "the effort is synth or route, not $effort" }

# A number of threads that is the same on every machine: results may depend on it.
set_param general.maxThreads 8

add_files $rtl
file mkdir vsynth
set constraints [open vsynth/clock.xdc w]
puts $constraints "create_clock -period $clock_period -name default \[get_ports ap_clk\]"
close $constraints
read_xdc -mode out_of_context vsynth/clock.xdc

synth_design -top $project -part $part -mode out_of_context
opt_design -retarget -propconst -sweep -bram_power_opt -shift_register_opt
if {$effort eq "route"} {
    place_design
    phys_opt_design
    route_design
}
report_utilization -file vsynth/utilization.rpt
report_utilization -hierarchical -file vsynth/utilization_hierarchical.rpt
report_timing_summary -file vsynth/timing.rpt
report_power -file vsynth/power.rpt
puts "hlsbuild: vsynth complete"
exit
