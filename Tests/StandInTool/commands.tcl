# The commands of the vendor's tools as strict checkers: options, values and order, by program and release.
#
# A release is compared as a number, 20232 for 2023.2. An option is {name kind from before}; kind is flag, int, number,
# text, or {one of these words}.

namespace eval strict {
    variable release 0
    variable commands
    variable done {}
}

proc strict::fail {text} { return -code error "ERROR: \[standin\] $text" }

proc strict::release {text} {
    if {![regexp {^(\d{4})\.(\d)} $text -> year number]} { fail "no release: $text" }
    return $year$number
}

# command NAME {least most} {commands that must have been given} {options}
proc strict::command {name count after options} {
    variable commands
    dict set commands $name [list $count $after $options]
    proc ::$name {args} "strict::check $name \$args; effect::call $name \$args"
}

proc strict::check {name arguments} {
    variable commands
    variable done
    variable release
    lassign [dict get $commands $name] count after options
    foreach needed $after {
        if {$needed ni $done} { fail "$name before $needed" }
    }
    set words {}
    set seen {}
    while {[llength $arguments]} {
        set arguments [lassign $arguments word]
        if {![regexp {^-[a-z]} $word]} { lappend words $word; continue }
        set value {}
        set joined [regexp {^(-[a-z_]+)=(.*)$} $word -> word value]
        if {$word in $seen} { fail "$name: $word twice" }
        lappend seen $word
        set option [strict::option $name $word $options]
        set kind [lindex $option 1]
        if {$kind eq "flag"} {
            if {$joined} { fail "$name: $word takes no value" }
            continue
        }
        if {!$joined} {
            if {![llength $arguments]} { fail "$name: $word needs a value" }
            set arguments [lassign $arguments value]
        }
        strict::value "$name: $word" $kind $value
    }
    lassign $count least most
    if {[llength $words] < $least || [llength $words] > $most} {
        fail "$name takes $least to $most arguments, not '$words'"
    }
    switch -- $name {
        set_clock_uncertainty { strict::value $name percent [lindex $words 0] }
        set_part {
            if {![regexp {^x[acq][a-z0-9_]+-[A-Za-z0-9-]+$} [lindex $words 0]]} { fail "set_part: no part '$words'" }
        }
        create_clock { if {"-period" ni $seen} { fail "create_clock needs -period" } }
        export_design { if {"-format" ni $seen} { fail "export_design needs -format" } }
        synth_design { if {"-top" ni $seen || "-part" ni $seen} { fail "synth_design needs -top and -part" } }
        set_param {
            if {[lindex $words 0] ne "general.maxThreads"} { fail "no parameter [lindex $words 0]" }
            if {[lindex $words 1] ni {1 2 3 4 5 6 7 8}} { fail "general.maxThreads is 1 to 8" }
        }
    }
    lappend done $name
    # A new project forgets what was done in another; one that is opened again has it all behind it.
    if {$name eq "close_project"} { set done {} }
    if {$name eq "open_project"} {
        set isOld [expr {"-reset" ni $seen && [file exists [lindex $words 0]/hls.app]}]
        set done [expr {$isOld ? {open_project set_top} : {open_project}}]
    }
    if {$name eq "open_solution" && "-reset" ni $seen && [file exists $effect::project/hls.app]} {
        lappend done set_part create_clock csynth_design
    }
}

proc strict::option {name word options} {
    variable release
    foreach option $options {
        if {[lindex $option 0] ne $word} { continue }
        lassign $option - - from before
        if {$from ne "" && $release < $from || $before ne "" && $release >= $before} {
            fail "$name: release $release has no option '$word'"
        }
        return $option
    }
    fail "$name: Unknown option '$word'."
}

proc strict::value {what kind value} {
    switch -- $kind {
        int { set ok [string is integer -strict $value] }
        number { set ok [string is double -strict $value] }
        percent { set ok [regexp {^\d+(\.\d+)?%?$} $value] }
        truth { set ok [expr {$value in {true false 0 1}}] }
        text { set ok [expr {$value ne ""}] }
        name { set ok [regexp {^[A-Za-z][A-Za-z0-9_.-]*$} $value] }
        version { set ok [regexp {^\d+\.\d+\.\d+$} $value] }
        default { set ok [expr {$value in $kind}] }
    }
    if {!$ok} { fail "$what: illegal value '$value'" }
}

proc strict::hls {program} {
    set isVitis [expr {$program ne "vivado_hls"}]
    command open_project {1 1} {} {{-reset flag}}
    command close_project {0 0} {open_project} {}
    command set_top {1 1} {open_project} {}
    command add_files {1 100} {open_project} {{-tb flag} {-cflags text} {-csimflags text}}
    if {$isVitis} {
        command open_solution {1 1} {open_project set_top} {
            {-reset flag} {-target {vivado vitis} 20201 20202} {-flow_target {vivado vitis} 20202}
        }
    } else {
        command open_solution {1 1} {open_project set_top} {{-reset flag}}
    }
    command set_part {1 1} {open_solution} {}
    command create_clock {0 0} {open_solution} {{-period number} {-name text}}
    command set_clock_uncertainty {1 2} {create_clock} {}
    command config_compile {0 0} {open_solution} {
        {-name_max_length int} {-pipeline_loops int} {-no_signed_zeros truth} {-unsafe_math_optimizations truth}
        {-pipeline_style {stp flp frp} 20202} {-pipeline_flush_in_task {always never ii1} 20232}
    }
    command config_schedule {0 0} {open_solution} {{-enable_dsp_full_reg truth}}
    if {$isVitis} {
        command config_array_partition {0 0} {open_solution} {
            {-auto_partition_threshold int 20202 20211} {-complete_threshold int 20231}
            {-throughput_driven {off auto} 20231}
        }
    } else {
        command config_array_partition {0 0} {open_solution} {
            {-maximum_size int} {-include_ports flag} {-scalarize_all flag} {-auto_partition_threshold int}
        }
    }
    command csim_design {0 0} {open_solution set_part create_clock} {
        {-clean flag} {-O flag} {-setup flag} {-argv text} {-ldflags text}
    }
    command csynth_design {0 0} {open_solution set_part create_clock} {}
    command cosim_design {0 0} {csynth_design} {
        {-rtl {verilog vhdl}} {-tool {xsim modelsim vcs}} {-trace_level {none port all}} {-setup flag}
        {-argv text} {-O flag} {-ldflags text} {-random_stall flag}
        {-disable_binary_tv flag 20231} {-enable_dataflow_profiling flag 20202} {-enable_fifo_sizing flag 20202}
    }
    set formats [expr {$isVitis ? {ip_catalog xo syn_dcp sysgen} : {ip_catalog syn_dcp sysgen}}]
    command export_design {0 0} {csynth_design} [list \
        [list -format $formats] {-flow {none syn impl}} {-rtl {verilog vhdl}} {-version version} {-ipname text} \
        {-vendor name} {-library name} {-description text} {-display_name text} {-output text 20202}]
}

proc strict::vivado {} {
    set synth {
        Default RuntimeOptimized AreaOptimized_high AreaOptimized_medium AlternateRoutability AreaMapLargeShiftRegToBRAM
        AreaMultThresholdDSP FewerCarryChains PerformanceOptimized
    }
    set place {
        Default Explore WLDrivenBlockPlacement EarlyBlockPlacement ExtraNetDelay_high ExtraNetDelay_low
        ExtraPostPlacementOpt ExtraTimingOpt AltSpreadLogic_high AltSpreadLogic_medium AltSpreadLogic_low
        RuntimeOptimized Quick
    }
    set phys {
        Default Explore ExploreWithHoldFix AggressiveExplore AlternateReplication AggressiveFanoutOpt AddRetime
        AlternateFlowWithRetiming
    }
    set route {
        Default Explore AggressiveExplore NoTimingRelaxation MoreGlobalIterations HigherDelayCost AlternateCLBRouting
        RuntimeOptimized Quick
    }
    command set_param {2 2} {} {}
    command add_files {1 100} {} {{-norecurse flag} {-fileset text}}
    command read_verilog {1 1000} {} {{-sv flag}}
    command read_xdc {1 1} {} {{-mode {default out_of_context}} {-unmanaged flag}}
    command synth_design {0 0} {add_files} [list \
        {-top text} {-part text} {-mode {default out_of_context}} {-flatten_hierarchy {full none rebuilt}} \
        {-retiming flag} [list -directive $synth]]
    command opt_design {0 0} {synth_design} {
        {-retarget flag} {-propconst flag} {-sweep flag} {-bram_power_opt flag} {-shift_register_opt flag}
        {-directive text}
    }
    command place_design {0 0} {synth_design} [list [list -directive $place]]
    command phys_opt_design {0 0} {place_design} [list [list -directive $phys]]
    command route_design {0 0} {place_design} [list [list -directive $route]]
    command write_checkpoint {1 1} {synth_design} {{-force flag}}
    command report_utilization {0 0} {synth_design} {{-file text} {-hierarchical flag} {-append flag}}
    command report_timing_summary {0 0} {synth_design} {{-file text} {-max_paths int} {-delay_type {min max min_max}}}
    command report_power {0 0} {synth_design} {{-file text}}
    command create_clock {0 1} {} {{-period number} {-name text}}
    command get_ports {1 1} {} {}
}

# A command that is none of these, and none of Tcl's own library, fails as the real tools do.
rename ::unknown ::library_unknown
proc ::unknown {name args} {
    if {[string match ::tcl::* $name] || [auto_load $name]} {
        return [uplevel 1 [list ::library_unknown $name {*}$args]]
    }
    return -code error "invalid command name \"$name\""
}
