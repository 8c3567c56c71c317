# main.tcl FOLDER PROGRAM RELEASE ARGUMENTS...: the program proper of a stand-in installation.
set here [file dirname [file normalize [info script]]]
source $here/commands.tcl
source $here/effects.tcl
source $here/config.tcl

set argv [lassign $argv folder program release]
set strict::release [strict::release $release]

proc append_line {path text} {
    set file [open $path a]
    puts $file $text
    close $file
}

proc fault {} {
    global folder
    if {![file exists $folder/fault]} { return "" }
    set file [open $folder/fault]
    set text [string trim [read $file]]
    close $file
    return $text
}

# What the program answers when it is asked for its release.
if {[lindex $argv 0] in {-version --version}} {
    append_line $folder/asked $program
    switch -- $program {
        vivado {
            if {$strict::release >= 20231} {
                puts "vivado v$release (64-bit)\nTool Version Limit: 2023.05\nSW Build 3865809 on Sun May  7 15:04:56 MDT 2023"
            } else {
                puts "Vivado v$release (64-bit)\nSW Build 3367213 on Tue Oct 19 02:47:39 MDT 2021\nIP Build 3369179"
            }
        }
        vivado_hls { puts "\n****** Vivado(TM) HLS - High-Level Synthesis from C, C++ and SystemC v$release (64-bit)\n  **** SW Build 2708876" }
        v++ { puts "\n****** v++ v$release (64-bit)\n  **** SW Build 4023990 on 2023-10-11-20:00:00" }
        default { puts "\n****** Vitis HLS - High-Level Synthesis from C, C++ and OpenCL v$release (64-bit)\n  **** SW Build 4023990" }
    }
    exit 0
}

# The command line, as strict as the scripts.
set options {}
switch -- $program {
    vivado_hls - vitis_hls {
        if {[llength $argv] < 2 || [lindex $argv 0] ne "-f"} { puts stderr "usage: $program -f SCRIPT"; exit 1 }
        set script [lindex $argv 1]
        set argv [lrange $argv 2 end]
    }
    v++ {
        if {[lrange $argv 0 3] ne {-c --mode hls --config} || [lindex $argv 5] ne "--work_dir" || [llength $argv] != 7} {
            puts stderr "ERROR: \[v++ 60-1\] bad arguments: $argv"
            exit 1
        }
        set task csynth
        lassign [lrange $argv 4 end] script - work
        set argv {}
    }
    vitis-run {
        if {[lrange $argv 0 2] eq {--mode hls --tcl} && [llength $argv] == 4} {
            set script [lindex $argv 3]
        } elseif {[lrange $argv 0 1] eq {--mode hls} && [lindex $argv 2] in {--csim --cosim --impl --package}
            && [lindex $argv 3] eq "--config" && [lindex $argv 5] eq "--work_dir" && [llength $argv] == 7} {
            set task [string range [lindex $argv 2] 2 end]
            lassign [lrange $argv 4 end] script - work
        } else {
            puts stderr "ERROR: \[vitis-run 60-1\] bad arguments: $argv"
            exit 1
        }
        set argv {}
    }
    vivado {
        set script ""
        while {[llength $argv]} {
            set argv [lassign $argv word]
            switch -- $word {
                -mode { set argv [lassign $argv mode]; if {$mode ne "batch"} { puts stderr "mode $mode"; exit 1 } }
                -nojournal - -nolog - -notrace {}
                -source { set argv [lassign $argv script] }
                -tclargs { break }
                default { puts stderr "ERROR: \[Common 17-170\] Unknown option '$word'"; exit 1 }
            }
        }
    }
}

if {$program eq "vivado"} { strict::vivado } else { strict::hls $program }

set file [open $folder/environment w]
foreach name [lsort [array names env]] { puts $file "$name=$env($name)" }
close $file
append_line $folder/runs "$program $script $argv"
if {[info exists task]} { append_line $folder/tasks "$program $task" }
set fault [fault]
effect::begin
if {$fault eq "silent"} { exit 0 }
if {$fault eq "dead"} { exec sh -c "kill -9 [pid]" }
effect::banner

rename exit real_exit
proc exit {{status 0}} { effect::end; real_exit $status }
if {[info exists task]} {
    proc run_orders {} { config::run $::task $::script $::work }
} else {
    proc run_orders {} { uplevel #0 {source $script} }
}
if {[catch run_orders message details]} {
    puts stderr $message
    puts "    while executing"
    puts "[lindex [split [dict get $details -errorinfo] \n] end-1]"
    effect::end 0
    real_exit 1
}
if {[info exists task]} { exit 0 }
# The HLS tools stay open for commands when a script does not end with exit.
puts "vitis_hls> "
real_exit 3
