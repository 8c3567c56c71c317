# What the exported IP is called. A version that is stated in full fixes the revision that the tool would take from the
# clock.
set version {{ version }}
# Options of export_design: vendor, library, display name and description, where they are not the tool's own.
set ip_options [list{% for option in options %} -{{ option.name }} {{ option.quoted }}{% endfor %}]

# Packages the synthesis of the project that is open.
proc pack_ip {} {
    global version ip_options
    eval [list export_design -format ip_catalog -rtl verilog -version $version] $ip_options
}
{% if kernel %}

proc pack_kernel {} {
    global project_name version ip_options
    eval [list export_design -format xo -rtl verilog -version $version -output $project_name.xo] $ip_options
}
{% endif %}
