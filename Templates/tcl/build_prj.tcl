# Steps of {{ tool }} for {{ project }}. Run it in this folder:
#   {{ command }}
# Steps are chosen by build_opt.tcl, where there is one (set opt(cosim) 1), or by arguments (cosim=1 export=1).
source project.tcl

array set opt {reset 1 csim 1 synth 1 cosim 0 export 0 vsynth 0}
if {[file exists build_opt.tcl]} { source build_opt.tcl }
if {[info exists argv]} {
    foreach argument $argv {
        if {[regexp {^(\w+)=([01])$} $argument -> step value] && [info exists opt($step)]} { set opt($step) $value }
    }
}

set flags "-std={{ standard }}"
if {$opt(reset)} { open_project -reset ${project}_prj } else { open_project ${project}_prj }
set_top $project
add_files firmware/${project}.cpp -cflags $flags
{% for source in sources %}
add_files {{ source }} -cflags $flags
{% endfor %}
add_files -tb ${project}_test.cpp -cflags $flags
if {[file isdirectory tb_data]} { add_files -tb tb_data }

{% if vitis %}
if {$opt(reset)} { open_solution -reset -flow_target vivado solution1 } else { open_solution -flow_target vivado solution1 }
{% else %}
if {$opt(reset)} { open_solution -reset solution1 } else { open_solution solution1 }
# Arrays of up to this many elements become registers.
config_array_partition -maximum_size {{ maximum_size }}
{% endif %}
config_compile -name_max_length 80
set_part $part
config_schedule -enable_dsp_full_reg=false
create_clock -period $clock_period -name default
set_clock_uncertainty $clock_uncertainty default

if {$opt(csim)} {
    puts "***** C SIMULATION *****"
    csim_design
}
if {$opt(synth)} {
    puts "***** C/RTL SYNTHESIS *****"
    csynth_design
}
if {$opt(cosim)} {
    puts "***** C/RTL SIMULATION *****"
    cosim_design -rtl verilog
}
if {$opt(export)} {
    puts "***** EXPORT IP *****"
    export_design -format ip_catalog -version $version
}
if {$opt(vsynth)} {
    puts "***** VIVADO SYNTHESIS *****"
    exec vivado -mode batch -source vivado_synth.tcl -notrace >@ stdout 2>@ stdout
}
exit
