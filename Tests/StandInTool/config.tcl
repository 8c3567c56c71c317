# Configuration files as v++ and vitis-run take them: a strict checker, and what the programs do with them.
#
# Keys, kinds and the releases from which and before which they are known; a kind as in commands.tcl.
namespace eval config {
    variable keys {
        flow_target {{vitis vivado} 20232 20261}
        clock {clock 20232} clock_uncertainty {uncertainty 20232}
        syn.top {text 20232} syn.file {file 20232} syn.cflags {text 20232} syn.csimflags {text 20232}
        syn.compile.name_max_length {int 20232} syn.compile.pipeline_loops {int 20232}
        syn.compile.pipeline_style {{stp flp frp} 20232}
        syn.schedule.enable_dsp_full_reg {truth 20232}
        syn.array_partition.complete_threshold {int 20232} syn.array_partition.throughput_driven {{off auto} 20232}
        tb.file {file 20232} tb.cflags {text 20232}
        csim.code_analyzer {truth 20241} csim.clean {truth 20232} csim.argv {text 20232} cosim.argv {text 20232}
        cosim.rtl {{verilog vhdl} 20232} cosim.tool {{auto xsim modelsim vcs} 20232} cosim.trace_level {{none port all} 20232}
        cosim.setup {truth 20232} cosim.enable_dataflow_profiling {truth 20232} cosim.enable_fifo_sizing {truth 20232}
        package.output.format {{ip_catalog xo syn_dcp sysgen rtl} 20232} package.output.syn {truth 20232}
        package.output.file {text 20232}
        package.ip.name {text 20232} package.ip.vendor {name 20232} package.ip.library {name 20232}
        package.ip.version {version 20232} package.ip.description {text 20232} package.ip.display_name {text 20232}
        vivado.flow {{syn impl} 20232} vivado.rtl {{verilog vhdl} 20232} vivado.clock {clock 20232}
    }
    # Those that may be stated more than once.
    variable many {syn.file tb.file}
    variable values {}
}

proc config::fail {file line text} {
    return -code error "ERROR: \[HLS 200-1912\] Problem with config ini entry '$line' in $file: $text"
}

# Reads a file into values, a dictionary of lists.
proc config::read_file {file} {
    variable keys
    variable many
    variable values {}
    if {![file exists $file]} { return -code error "ERROR: \[v++ 60-1\] no such file: $file" }
    set handle [open $file]
    set text [read $handle]
    close $handle
    set section ""
    foreach line [split $text \n] {
        set line [string trim $line]
        if {$line eq "" || [string index $line 0] eq "#"} { continue }
        if {[regexp {^\[(.*)\]$} $line -> name]} {
            if {$name ne "hls" || $section eq "hls"} { fail $file $line "no section of that name is due here" }
            set section hls
            continue
        }
        if {![regexp {^([A-Za-z_.]+)=(.*)$} $line -> key value]} { fail $file $line "not KEY=VALUE" }
        if {[string match {*#*} $value]} { fail $file $line "the rest would be a comment" }
        if {$key in {part platform freqhz}} {
            if {$section ne ""} { fail $file $line "it stands before \[hls\]" }
            if {$key ne "part" || ![regexp {^x[acq][a-z0-9_]+-[A-Za-z0-9-]+$} $value]} { fail $file $line "no part" }
        } else {
            if {$section ne "hls"} { fail $file $line "it stands below \[hls\]" }
            if {![dict exists $keys $key]} { fail $file $line "unknown key" }
            lassign [dict get $keys $key] kind from before
            if {$strict::release < $from || $before ne "" && $strict::release >= $before} {
                fail $file $line "release $strict::release has no such key"
            }
            check $file $line $kind $value
        }
        if {[dict exists $values $key] && $key ni $many} { fail $file $line "stated twice" }
        dict lappend values $key $value
    }
    foreach needed {part flow_target syn.top syn.file} {
        if {![dict exists $values $needed]} { fail $file $needed= "missing" }
    }
}

proc config::check {file line kind value} {
    switch -- $kind {
        clock { set ok [regexp {^\d+(\.\d+)?(ns|MHz)?$} $value] }
        uncertainty { set ok [regexp {^\d+(\.\d+)?(ns|MHz|%)?$} $value] }
        file {
            if {[file pathtype $value] ne "relative"} { fail $file $line "an absolute path" }
            set ok [file exists $value]
        }
        default {
            if {[catch {strict::value $line $kind $value} message]} { fail $file $line "illegal value" }
            set ok 1
        }
    }
    if {!$ok} { fail $file $line "illegal value" }
}

proc config::value {key {default ""}} {
    variable values
    return [expr {[dict exists $values $key] ? [lindex [dict get $values $key] end] : $default}]
}

# What the programs do in place of a script. work: the folder of --work_dir.
proc config::run {task file work} {
    variable values
    puts "INFO: \[HLS 200-2005\] Using work_dir [file normalize $work]"
    read_file $file
    foreach key [dict keys $values] {
        foreach value [dict get $values $key] {
            puts "INFO: \[HLS 200-1465\] Applying ini '$key=$value' from [file normalize $file]"
        }
    }
    effect::configure $work hls
    if {$task ni {csynth csim}} { effect::resume }
    switch -- $task {
        csynth { effect::do_csynth_design {} }
        csim { effect::do_csim_design [list -argv [value csim.argv]] }
        cosim {
            set options [list -rtl [value cosim.rtl verilog] -argv [value cosim.argv]]
            foreach option {enable_dataflow_profiling enable_fifo_sizing} {
                if {[value cosim.$option false]} { lappend options -$option }
            }
            effect::do_cosim_design $options
        }
        package {
            set format [value package.output.format ip_catalog]
            set options [list -format $format -version [value package.ip.version] -output $work/[value syn.top].xo]
            foreach option {vendor library display_name description} {
                if {[value package.ip.$option] ne ""} { lappend options -$option [value package.ip.$option] }
            }
            effect::do_export_design $options
        }
    }
}
