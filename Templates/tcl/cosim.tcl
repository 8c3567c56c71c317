# The RTL simulated on tb_data/tb_input_features.dat. Run it in this folder:
#   {{ command }} cosim.tcl
# It simulates what synth.tcl synthesised, or synthesises if there is nothing. The outputs of the RTL, as raw integers,
# are in tb_data/rtl_cosim_results.log.
source project.tcl
{% if stream %}
source tool.tcl
{% endif %}
source reuse.tcl
set report ${project}_prj/solution1/sim/report/${project}_cosim.rpt

# RTL_SIM tells the test bench whose results it writes.
proc simulate {} {
    add_files -tb -cflags "-std={{ standard }} -Wno-unknown-pragmas -DRTL_SIM" {{ project }}_test.cpp
    add_files -tb tb_data
{% if stream %}
    # The tool also writes down how full the FIFOs become.
    global profiling_options
    eval cosim_design -rtl verilog $profiling_options
{% else %}
    cosim_design -rtl verilog
{% endif %}
}

set done [reopen]
if {$done} {
    file delete $report
    if {[catch simulate reason]} {
        # With a report the simulation has run: what it says of the RTL holds for any project.
        if {[file exists $report]} { error $reason }
        set done [anew $reason]
    }
}
if {!$done} {
    synthesise
    simulate
}
puts "hlsbuild: cosim complete"
exit
