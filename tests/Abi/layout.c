/* Prints the constants and layouts of the headers in the order and form of interop/abi/layout.txt. Valid C99 and C++17. */

#include <stdio.h>

#include "lacuna/lacuna.h"

#define CONSTANT(name) printf("%s %ld\n", #name, (long)name);
#define SIZE(type) printf("sizeof %s %d\n", #type, (int)sizeof(type));
#define FIELD(type, field) printf("offsetof %s.%s %d\n", #type, #field, (int)offsetof(type, field));

#include "layout_coding.h"

static void constants(void)
{
    CONSTANT(LAC_ABI_VERSION)
    CONSTANT(LAC_OK)
    CONSTANT(LAC_AGAIN)
    CONSTANT(LAC_END)
    CONSTANT(LAC_E_INVALID_ARGUMENT)
    CONSTANT(LAC_E_OUT_OF_MEMORY)
    CONSTANT(LAC_E_BUFFER_TOO_SMALL)
    CONSTANT(LAC_E_INTERNAL)
    CONSTANT(LAC_E_CALLBACK_FAILED)
    CONSTANT(LAC_E_IO)
    CONSTANT(LAC_E_UNSUPPORTED)
    CONSTANT(LAC_E_TRUNCATED)
    CONSTANT(LAC_E_NOT_A_STREAM)
    CONSTANT(LAC_E_UNSUPPORTED_VERSION)
    CONSTANT(LAC_E_UNKNOWN_MODEL)
    CONSTANT(LAC_E_INVALID_DATA)
    CONSTANT(LAC_E_LIMIT_EXCEEDED)
    CONSTANT(LAC_E_CANCELLED)
    CONSTANT(LAC_ISA_SCALAR)
    CONSTANT(LAC_ISA_VECTOR128)
    CONSTANT(LAC_ISA_AVX2)
    CONSTANT(LAC_ISA_AVX512)
    CONSTANT(LAC_SIGNALS_CHAIN)
    CONSTANT(LAC_SIGNALS_HOST)
    CONSTANT(LAC_CPU_SSE42)
    CONSTANT(LAC_CPU_AVX)
    CONSTANT(LAC_CPU_AVX2)
    CONSTANT(LAC_CPU_FMA)
    CONSTANT(LAC_CPU_BMI2)
    CONSTANT(LAC_CPU_AVX512)
    CONSTANT(LAC_CPU_AVX512_VBMI)
    CONSTANT(LAC_CPU_AVX512_VBMI2)
    CONSTANT(LAC_CPU_NEON)
    CONSTANT(LAC_PIXEL_STREAM)
    CONSTANT(LAC_PIXEL_GREY)
    CONSTANT(LAC_PIXEL_GREY_ALPHA)
    CONSTANT(LAC_PIXEL_RGB)
    CONSTANT(LAC_PIXEL_RGBA)
    CONSTANT(LAC_PIXEL_BGR)
    CONSTANT(LAC_PIXEL_BGRA)
    CONSTANT(LAC_PIXEL_ARGB)
    CONSTANT(LAC_PIXEL_ABGR)
    CONSTANT(LAC_PIXEL_RGB_PLANAR)
    CONSTANT(LAC_PIXEL_RGBA_PLANAR)
    CONSTANT(LAC_PROBE_NO)
    CONSTANT(LAC_PROBE_MAYBE)
    CONSTANT(LAC_PROBE_YES)
    CONSTANT(LAC_STREAM_HEADER_BYTES)
    CONSTANT(LAC_DECODE)
    CONSTANT(LAC_ENCODE)
}

static void layouts(void)
{
    SIZE(lac_init_options)
    FIELD(lac_init_options, struct_size)
    FIELD(lac_init_options, signals)

    SIZE(lac_counters)
    FIELD(lac_counters, struct_size)
    FIELD(lac_counters, handles)
    FIELD(lac_counters, native_bytes)
    FIELD(lac_counters, managed_bytes)
    FIELD(lac_counters, managed_allocated)

    SIZE(lac_memory)
    FIELD(lac_memory, context)
    FIELD(lac_memory, allocate)
    FIELD(lac_memory, release)

    SIZE(lac_runner)
    FIELD(lac_runner, context)
    FIELD(lac_runner, workers)
    FIELD(lac_runner, run)

    SIZE(lac_progress)
    FIELD(lac_progress, context)
    FIELD(lac_progress, report)

    SIZE(lac_model_properties)
    FIELD(lac_model_properties, struct_size)
    FIELD(lac_model_properties, embedded)
    FIELD(lac_model_properties, hash)
    FIELD(lac_model_properties, sha256)
    FIELD(lac_model_properties, bytes)
    FIELD(lac_model_properties, parameters)

    SIZE(lac_frame)
    FIELD(lac_frame, struct_size)
    FIELD(lac_frame, format)
    FIELD(lac_frame, width)
    FIELD(lac_frame, height)
    FIELD(lac_frame, planes)
    FIELD(lac_frame, strides)
    FIELD(lac_frame, pts)
    FIELD(lac_frame, duration)
    FIELD(lac_frame, offset)
    FIELD(lac_frame, user_data)
    FIELD(lac_frame, reference)

    SIZE(lac_frame_allocator)
    FIELD(lac_frame_allocator, context)
    FIELD(lac_frame_allocator, allocate)
    FIELD(lac_frame_allocator, release)

    SIZE(lac_packet)
    FIELD(lac_packet, struct_size)
    FIELD(lac_packet, flags)
    FIELD(lac_packet, data)
    FIELD(lac_packet, size)
    FIELD(lac_packet, pts)
    FIELD(lac_packet, duration)
    FIELD(lac_packet, offset)
    FIELD(lac_packet, user_data)
    FIELD(lac_packet, reference)

    SIZE(lac_stream_properties)
    FIELD(lac_stream_properties, struct_size)
    FIELD(lac_stream_properties, version)
    FIELD(lac_stream_properties, width)
    FIELD(lac_stream_properties, height)
    FIELD(lac_stream_properties, channels)
    FIELD(lac_stream_properties, has_model)
    FIELD(lac_stream_properties, quality)
    FIELD(lac_stream_properties, model)

    SIZE(lac_decoder_options)
    FIELD(lac_decoder_options, struct_size)
    FIELD(lac_decoder_options, format)
    FIELD(lac_decoder_options, threads)
    FIELD(lac_decoder_options, flags)
    FIELD(lac_decoder_options, max_pixels)
    FIELD(lac_decoder_options, max_memory)
    FIELD(lac_decoder_options, max_stream_bytes)
    FIELD(lac_decoder_options, models)
    FIELD(lac_decoder_options, model_count)
    FIELD(lac_decoder_options, memory)
    FIELD(lac_decoder_options, runner)
    FIELD(lac_decoder_options, frames)
    FIELD(lac_decoder_options, progress)

    SIZE(lac_encoder_options)
    FIELD(lac_encoder_options, struct_size)
    FIELD(lac_encoder_options, threads)
    FIELD(lac_encoder_options, quality)
    FIELD(lac_encoder_options, max_bytes)
    FIELD(lac_encoder_options, flags)
    FIELD(lac_encoder_options, reserved)
    FIELD(lac_encoder_options, model)
    FIELD(lac_encoder_options, memory)
    FIELD(lac_encoder_options, runner)
    FIELD(lac_encoder_options, progress)

    SIZE(lac_image_encode_options)
    FIELD(lac_image_encode_options, struct_size)
    FIELD(lac_image_encode_options, threads)
    FIELD(lac_image_encode_options, quality)
    FIELD(lac_image_encode_options, max_bytes)

    SIZE(lac_image_decode_options)
    FIELD(lac_image_decode_options, struct_size)
    FIELD(lac_image_decode_options, threads)
    FIELD(lac_image_decode_options, max_pixels)
    FIELD(lac_image_decode_options, format)
    FIELD(lac_image_decode_options, reserved)
}

int main(void)
{
    constants();
    layouts();
    coding_constants();
    coding_layouts();
    return 0;
}
