// A C++ program against the headers: names keep C linkage, the initialisers are valid, the versions agree.

#include <cstring>

#include "check.h"
#include "lacuna/lacuna.h"

int main()
{
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    lac_image_encode_options encode = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    lac_image_decode_options decode = LAC_IMAGE_DECODE_OPTIONS_INIT;
    CHECK(properties.struct_size == sizeof properties);
    CHECK(encode.struct_size == sizeof encode);
    CHECK(decode.struct_size == sizeof decode);
    CHECK(lac_abi_version() == LAC_ABI_VERSION);
    CHECK(std::strchr(lac_version_string(), '.') != nullptr);
    CHECK(lac_stream_info(nullptr, 0, &properties) == LAC_E_TRUNCATED || lac_stream_info(nullptr, 0, &properties) == LAC_E_NOT_A_STREAM);
}
