# Opens {{ project }} in {{ tool }}: sources, part, clock. Whoever sources it has sourced project.tcl before. What an
# earlier run left is thrown away unless is_fresh is 0.
source tool.tcl
if {![info exists is_fresh]} { set is_fresh 1 }
set reset [expr {$is_fresh ? "-reset" : ""}]

eval open_project $reset ${project_name}_prj
set_top $project_name
{% for source in sources %}
add_files -cflags "-std={{ standard }}" {{ source }}
{% endfor %}

if {$flow_option eq ""} {
    eval open_solution $reset solution1
} else {
    eval open_solution $reset $flow_option $flow solution1
}
set_part $part
create_clock -period $clock_period -name default
set_clock_uncertainty $clock_uncertainty default

config_compile -name_max_length 80
config_schedule -enable_dsp_full_reg=false
if {$partition_option ne ""} {
    # Arrays of up to this many elements may become registers.
    config_array_partition $partition_option {{ maximum_size }}
}
