# What csim.tcl and cosim.tcl simulate: so many samples of tb_data, or all.
set samples all

set rtl_results tb_data/rtl_cosim_results.log
set rtl_report ${project_name}_prj/solution1/sim/report/${project_name}_cosim.rpt

# The C++ of the project that is open, on the test bench: it fails where an output is not what it must be.
proc simulate_c {} {
    global samples
    file mkdir tb_data
    add_files -tb -cflags "-std={{ standard }} -Wno-unknown-pragmas" {{ project }}_test.cpp
    add_files -tb tb_data
    csim_design -argv $samples
}

# The RTL of the project that is open, on the same test bench, which RTL_SIM tells whose results it writes.
proc simulate_rtl {} {
    global samples rtl_results rtl_report
    file mkdir tb_data
    file delete $rtl_results $rtl_report
    add_files -tb -cflags "-std={{ standard }} -Wno-unknown-pragmas -DRTL_SIM" {{ project }}_test.cpp
    add_files -tb tb_data
{% if stream %}
    # The tool also writes down how full the FIFOs become.
    global profiling_options
    eval [list cosim_design -rtl verilog -argv $samples] $profiling_options
{% else %}
    cosim_design -rtl verilog -argv $samples
{% endif %}
}

# Whether a co-simulation that failed has run: with a report, or with other integers than there must be, what it says
# holds for any project.
proc was_simulated {} {
    global rtl_results rtl_report
    if {[file exists $rtl_report]} { return 1 }
    set integers tb_data/tb_output_integers.dat
    if {![file exists $rtl_results] || ![file exists $integers]} { return 0 }
    foreach got [split [contents $rtl_results] \n] wanted [split [contents $integers] \n] {
        if {$got eq "" || $wanted eq "none"} { return 0 }
        if {$got ne $wanted} { return 1 }
    }
    return 0
}
