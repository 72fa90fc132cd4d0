/* Prints the constants and layouts of the headers in the order and form of interop/abi/layout.txt. Valid C99 and C++17. */

#include <stdio.h>

#include "lacuna/lacuna.h"

#define CONSTANT(name) printf("%s %d\n", #name, (int)name);
#define SIZE(type) printf("sizeof %s %d\n", #type, (int)sizeof(type));
#define FIELD(type, field) printf("offsetof %s.%s %d\n", #type, #field, (int)offsetof(type, field));

#include "layout_coding.h"

static void constants(void)
{
    CONSTANT(LAC_ABI_VERSION)
    CONSTANT(LAC_OK)
    CONSTANT(LAC_E_INVALID_ARGUMENT)
    CONSTANT(LAC_E_OUT_OF_MEMORY)
    CONSTANT(LAC_E_BUFFER_TOO_SMALL)
    CONSTANT(LAC_E_INTERNAL)
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
}

static void layouts(void)
{
    SIZE(lac_image_properties)
    FIELD(lac_image_properties, struct_size)
    FIELD(lac_image_properties, version)
    FIELD(lac_image_properties, width)
    FIELD(lac_image_properties, height)
    FIELD(lac_image_properties, channels)
    FIELD(lac_image_properties, has_model)
    FIELD(lac_image_properties, quality)
    FIELD(lac_image_properties, model)

    SIZE(lac_image_encode_options)
    FIELD(lac_image_encode_options, struct_size)
    FIELD(lac_image_encode_options, threads)
    FIELD(lac_image_encode_options, quality)
    FIELD(lac_image_encode_options, max_bytes)

    SIZE(lac_image_decode_options)
    FIELD(lac_image_decode_options, struct_size)
    FIELD(lac_image_decode_options, threads)
    FIELD(lac_image_decode_options, max_pixels)
}

int main(void)
{
    constants();
    layouts();
    coding_constants();
    coding_layouts();
    return 0;
}
