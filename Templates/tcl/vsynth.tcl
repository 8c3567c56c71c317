# RTL to gates, out of context, with the clock that the firmware is meant for. Run it from any folder after synth.tcl:
#   vivado -mode batch -source vsynth.tcl                        synthesis alone
#   vivado -mode batch -source vsynth.tcl -tclargs route         placement and routing as well
#   vivado -mode batch -source vsynth.tcl -tclargs synth FOLDER  of the Verilog in that folder
# The reports are in vsynth/ beside this script, the utilization also in vivado_synth.rpt, where hls4ml reads it.

# How Vivado works; Default is what it does by itself.
set synth_directive Default
set place_directive Default
set phys_opt_directive Default
set route_directive Default
# 1: synthesis moves registers through logic.
set retiming 0
# 1: the design is kept in vsynth/synth.dcp, and in vsynth/route.dcp.
set checkpoints 0

set effort synth
set rtl ""
if {[info exists argv] && [llength $argv] > 0} { set effort [lindex $argv 0] }
if {[info exists argv] && [llength $argv] > 1} { set rtl [file normalize [lindex $argv 1]] }
if {$effort ne "synth" && $effort ne "route"} { error "the effort is synth or route, not $effort" }

cd [file dirname [file normalize [info script]]]
source project.tcl
if {$rtl eq ""} { set rtl ${project_name}_prj/solution1/syn/verilog }

# The option that names a directive; none where it is Vivado's own.
proc directive {name} { return [expr {$name eq "Default" ? "" : "-directive $name"}] }

# A number of threads that is the same on every machine: results may depend on it.
set_param general.maxThreads 8

add_files $rtl
file mkdir vsynth
set constraints [open vsynth/clock.xdc w]
puts $constraints "create_clock -period $clock_period -name default \[get_ports ap_clk\]"
close $constraints
read_xdc -mode out_of_context vsynth/clock.xdc

eval synth_design -top $project_name -part $part -mode out_of_context [directive $synth_directive] \
    [expr {$retiming ? "-retiming" : ""}]
if {$checkpoints} { write_checkpoint -force vsynth/synth.dcp }
opt_design -retarget -propconst -sweep -bram_power_opt -shift_register_opt
if {$effort eq "route"} {
    eval place_design [directive $place_directive]
    eval phys_opt_design [directive $phys_opt_directive]
    eval route_design [directive $route_directive]
    if {$checkpoints} { write_checkpoint -force vsynth/route.dcp }
}
report_utilization -file vsynth/utilization.rpt
report_utilization -hierarchical -file vsynth/utilization_hierarchical.rpt
report_timing_summary -file vsynth/timing.rpt
report_power -file vsynth/power.rpt
file copy -force vsynth/utilization.rpt vivado_synth.rpt
puts "hlsbuild: vsynth complete"
exit
