# C++ to RTL. Run it in this folder:
#   {{ command }} synth.tcl
# The RTL is in {{ project }}_prj/solution1/syn/verilog and syn/vhdl, the reports are in syn/report.
source project.tcl
source reuse.tcl

synthesise
puts "hlsbuild: synth complete"
exit
