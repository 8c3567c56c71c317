# All steps in one run, with the options of hls4ml's script of this name, each 0 or 1:
#   reset       throw away what earlier runs left
#   csim        the C++ simulated on tb_data
#   synth       C++ to RTL
#   cosim       the RTL simulated on tb_data
#   validation  the results of both simulations compared
#   export      the IP packaged
#   vsynth      RTL to gates, by the vivado of the search path
#   fifo_opt    the co-simulation also searches for depths of the FIFOs
# Run it from any folder: with the options behind it where the tool takes arguments, {{ example }}; or with a file
# build_opt.tcl beside it, as hls4ml writes it for vitis-run, which takes none.
cd [file dirname [file normalize [info script]]]
source project.tcl
source tool.tcl
source ip.tcl
source reuse.tcl
source bench.tcl

array set opt {reset 0 csim 1 synth 1 cosim 1 validation 1 export 0 vsynth 0 fifo_opt 0}
if {[file exists build_opt.tcl]} { source build_opt.tcl }
if {[info exists argv]} {
    # One argument may hold all of them.
    foreach word [split [join $argv]] {
        if {![regexp {^(\w+)=(.*)$} $word -> name value]} { continue }
        if {![info exists opt($name)] || ![string is boolean -strict $value]} {
            error "'$word' is no option: write [join [lsort [array names opt]] {=1, }]=1, or 0"
        }
        set opt($name) $value
    }
}

# What one step leaves is there for the next.
set is_fresh 0
if {$opt(reset)} { file delete -force ${project_name}_prj }
if {$opt(fifo_opt)} {
{% if stream %}
    if {$fifo_sizing_option eq ""} { error "this release has no search for depths of FIFOs" }
    append profiling_options " $fifo_sizing_option"
{% else %}
    error "there are no FIFOs: the layers pass arrays"
{% endif %}
}
if {$opt(csim)} {
    source hls.tcl
    simulate_c
    puts "hlsbuild: csim complete"
}
if {$opt(synth)} {
    synthesise
    puts "hlsbuild: synth complete"
}
if {$opt(cosim)} {
    use_synthesis simulate_rtl was_simulated
    puts "hlsbuild: cosim complete"
}
if {$opt(validation)} {
    foreach file {tb_data/csim_results.log tb_data/rtl_cosim_results.log} {
        if {![file exists $file]} { error "there is no $file to compare: validation needs csim and cosim" }
    }
    if {[contents tb_data/csim_results.log] ne [contents tb_data/rtl_cosim_results.log]} {
        error "tb_data/csim_results.log and tb_data/rtl_cosim_results.log differ: the RTL does not do what the C++ does"
    }
    puts "hlsbuild: validation complete"
}
if {$opt(export)} {
{% if kernel %}
    use_synthesis [expr {$flow eq "vitis" ? "pack_kernel" : "pack_ip"}]
{% else %}
    use_synthesis pack_ip
{% endif %}
    puts "hlsbuild: export complete"
}
if {$opt(vsynth)} {
    if {![file exists ${project_name}_prj/solution1/syn/verilog]} { error "there is no RTL: vsynth needs synth" }
    exec vivado -mode batch -source vsynth.tcl >@ stdout 2>@ stderr
}
exit
