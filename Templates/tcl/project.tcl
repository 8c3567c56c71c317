# What the scripts depend on beside the sources.
set project_name "{{ project }}"
set backend "{{ backend }}"
set part {{ part }}
set clock_period {{ clock_period }}
set clock_uncertainty {{ clock_uncertainty }}
# What the hardware is for: vivado (an IP) or vitis (a kernel).
set flow {{ flow }}
