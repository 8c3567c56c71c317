# Out-of-context synthesis of the generated Verilog, with the clock that the firmware is meant for. Run it in this folder
# after C synthesis:
#   vivado -mode batch -source vivado_synth.tcl
source project.tcl

add_files ${project}_prj/solution1/syn/verilog
set constraints [open vivado_synth.xdc w]
puts $constraints "create_clock -period $clock_period -name default \[get_ports ap_clk\]"
close $constraints
read_xdc -mode out_of_context vivado_synth.xdc

synth_design -top $project -part $part -mode out_of_context
opt_design -retarget -propconst -sweep -bram_power_opt -shift_register_opt
report_utilization -file vivado_synth.rpt
report_timing_summary -file vivado_synth_timing.rpt
