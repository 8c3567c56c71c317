// Made by list.sh: every template, and where its bytes lie.
    .section .note.GNU-stack,"",@progbits
    .section .rodata
path0: .asciz "cfg/hls.cfg"
start0: .incbin "cfg/hls.cfg"
end0:
path1: .asciz "firmware/README.md"
start1: .incbin "firmware/README.md"
end1:
path2: .asciz "firmware/bridge.cpp"
start2: .incbin "firmware/bridge.cpp"
end2:
path3: .asciz "firmware/constants.h"
start3: .incbin "firmware/constants.h"
end3:
path4: .asciz "firmware/defines.h"
start4: .incbin "firmware/defines.h"
end4:
path5: .asciz "firmware/layer.cpp"
start5: .incbin "firmware/layer.cpp"
end5:
path6: .asciz "firmware/layer.h"
start6: .incbin "firmware/layer.h"
end6:
path7: .asciz "firmware/layer_config.h"
start7: .incbin "firmware/layer_config.h"
end7:
path8: .asciz "firmware/marshal.h"
start8: .incbin "firmware/marshal.h"
end8:
path9: .asciz "firmware/parameters.h"
start9: .incbin "firmware/parameters.h"
end9:
path10: .asciz "firmware/ports.h"
start10: .incbin "firmware/ports.h"
end10:
path11: .asciz "firmware/test.cpp"
start11: .incbin "firmware/test.cpp"
end11:
path12: .asciz "firmware/top.cpp"
start12: .incbin "firmware/top.cpp"
end12:
path13: .asciz "firmware/top.h"
start13: .incbin "firmware/top.h"
end13:
path14: .asciz "hls/ap_types/ap_fixed.h"
start14: .incbin "hls/ap_types/ap_fixed.h"
end14:
path15: .asciz "hls/ap_types/ap_int.h"
start15: .incbin "hls/ap_types/ap_int.h"
end15:
path16: .asciz "hls/ap_types/detail/bits.h"
start16: .incbin "hls/ap_types/detail/bits.h"
end16:
path17: .asciz "hls/ap_types/detail/convert.h"
start17: .incbin "hls/ap_types/detail/convert.h"
end17:
path18: .asciz "hls/ap_types/detail/operators.h"
start18: .incbin "hls/ap_types/detail/operators.h"
end18:
path19: .asciz "hls/ap_types/detail/storage.h"
start19: .incbin "hls/ap_types/detail/storage.h"
end19:
path20: .asciz "hls/ap_types/detail/text.h"
start20: .incbin "hls/ap_types/detail/text.h"
end20:
path21: .asciz "hls/ap_types/detail/traits.h"
start21: .incbin "hls/ap_types/detail/traits.h"
end21:
path22: .asciz "hls/ap_types/detail/wide.h"
start22: .incbin "hls/ap_types/detail/wide.h"
end22:
path23: .asciz "hls/ap_types/hls_stream.h"
start23: .incbin "hls/ap_types/hls_stream.h"
end23:
path24: .asciz "hls/nnet_utils/nnet_activation.h"
start24: .incbin "hls/nnet_utils/nnet_activation.h"
end24:
path25: .asciz "hls/nnet_utils/nnet_activation_ops.h"
start25: .incbin "hls/nnet_utils/nnet_activation_ops.h"
end25:
path26: .asciz "hls/nnet_utils/nnet_activation_stream.h"
start26: .incbin "hls/nnet_utils/nnet_activation_stream.h"
end26:
path27: .asciz "hls/nnet_utils/nnet_batchnorm.h"
start27: .incbin "hls/nnet_utils/nnet_batchnorm.h"
end27:
path28: .asciz "hls/nnet_utils/nnet_batchnorm_stream.h"
start28: .incbin "hls/nnet_utils/nnet_batchnorm_stream.h"
end28:
path29: .asciz "hls/nnet_utils/nnet_cast.h"
start29: .incbin "hls/nnet_utils/nnet_cast.h"
end29:
path30: .asciz "hls/nnet_utils/nnet_cast_stream.h"
start30: .incbin "hls/nnet_utils/nnet_cast_stream.h"
end30:
path31: .asciz "hls/nnet_utils/nnet_common.h"
start31: .incbin "hls/nnet_utils/nnet_common.h"
end31:
path32: .asciz "hls/nnet_utils/nnet_dense.h"
start32: .incbin "hls/nnet_utils/nnet_dense.h"
end32:
path33: .asciz "hls/nnet_utils/nnet_dense_resource.h"
start33: .incbin "hls/nnet_utils/nnet_dense_resource.h"
end33:
path34: .asciz "hls/nnet_utils/nnet_dense_stream.h"
start34: .incbin "hls/nnet_utils/nnet_dense_stream.h"
end34:
path35: .asciz "hls/nnet_utils/nnet_product.h"
start35: .incbin "hls/nnet_utils/nnet_product.h"
end35:
path36: .asciz "hls/nnet_utils/nnet_softmax.h"
start36: .incbin "hls/nnet_utils/nnet_softmax.h"
end36:
path37: .asciz "hls/nnet_utils/nnet_softmax_stream.h"
start37: .incbin "hls/nnet_utils/nnet_softmax_stream.h"
end37:
path38: .asciz "hls/nnet_utils/nnet_stream.h"
start38: .incbin "hls/nnet_utils/nnet_stream.h"
end38:
path39: .asciz "projects/minimal/expected.npy"
start39: .incbin "projects/minimal/expected.npy"
end39:
path40: .asciz "projects/minimal/hlsbuild.yml"
start40: .incbin "projects/minimal/hlsbuild.yml"
end40:
path41: .asciz "projects/minimal/input.npy"
start41: .incbin "projects/minimal/input.npy"
end41:
path42: .asciz "projects/minimal/model.h5"
start42: .incbin "projects/minimal/model.h5"
end42:
path43: .asciz "release/emulator.cpp"
start43: .incbin "release/emulator.cpp"
end43:
path44: .asciz "release/emulator.h"
start44: .incbin "release/emulator.h"
end44:
path45: .asciz "release/emulator_test.c"
start45: .incbin "release/emulator_test.c"
end45:
path46: .asciz "tcl/cosim.tcl"
start46: .incbin "tcl/cosim.tcl"
end46:
path47: .asciz "tcl/export.tcl"
start47: .incbin "tcl/export.tcl"
end47:
path48: .asciz "tcl/hls.tcl"
start48: .incbin "tcl/hls.tcl"
end48:
path49: .asciz "tcl/ip.tcl"
start49: .incbin "tcl/ip.tcl"
end49:
path50: .asciz "tcl/kernel.tcl"
start50: .incbin "tcl/kernel.tcl"
end50:
path51: .asciz "tcl/project.tcl"
start51: .incbin "tcl/project.tcl"
end51:
path52: .asciz "tcl/reuse.tcl"
start52: .incbin "tcl/reuse.tcl"
end52:
path53: .asciz "tcl/synth.tcl"
start53: .incbin "tcl/synth.tcl"
end53:
path54: .asciz "tcl/vsynth.tcl"
start54: .incbin "tcl/vsynth.tcl"
end54:
    .section .data.rel.ro,"aw"
    .balign 8
    .globl hlsbuild_templates
    .globl hlsbuild_templates_end
hlsbuild_templates:
    .quad path0, start0, end0
    .quad path1, start1, end1
    .quad path2, start2, end2
    .quad path3, start3, end3
    .quad path4, start4, end4
    .quad path5, start5, end5
    .quad path6, start6, end6
    .quad path7, start7, end7
    .quad path8, start8, end8
    .quad path9, start9, end9
    .quad path10, start10, end10
    .quad path11, start11, end11
    .quad path12, start12, end12
    .quad path13, start13, end13
    .quad path14, start14, end14
    .quad path15, start15, end15
    .quad path16, start16, end16
    .quad path17, start17, end17
    .quad path18, start18, end18
    .quad path19, start19, end19
    .quad path20, start20, end20
    .quad path21, start21, end21
    .quad path22, start22, end22
    .quad path23, start23, end23
    .quad path24, start24, end24
    .quad path25, start25, end25
    .quad path26, start26, end26
    .quad path27, start27, end27
    .quad path28, start28, end28
    .quad path29, start29, end29
    .quad path30, start30, end30
    .quad path31, start31, end31
    .quad path32, start32, end32
    .quad path33, start33, end33
    .quad path34, start34, end34
    .quad path35, start35, end35
    .quad path36, start36, end36
    .quad path37, start37, end37
    .quad path38, start38, end38
    .quad path39, start39, end39
    .quad path40, start40, end40
    .quad path41, start41, end41
    .quad path42, start42, end42
    .quad path43, start43, end43
    .quad path44, start44, end44
    .quad path45, start45, end45
    .quad path46, start46, end46
    .quad path47, start47, end47
    .quad path48, start48, end48
    .quad path49, start49, end49
    .quad path50, start50, end50
    .quad path51, start51, end51
    .quad path52, start52, end52
    .quad path53, start53, end53
    .quad path54, start54, end54
hlsbuild_templates_end:
