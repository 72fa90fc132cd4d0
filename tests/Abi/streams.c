#include "streams.h"

#include "picture.h"

coded coded_make(int width, int height, int channels, double quality)
{
    coded made = { NULL, 0, width, height, channels };
    size_t capacity = lac_image_encode_bound(width, height, channels);
    ptrdiff_t stride = (ptrdiff_t)width * channels;
    uint8_t* pixels = check_alloc((size_t)stride * height);
    made.bytes = check_alloc(capacity);
    picture_fill(pixels, width, height, channels);

    lac_image_encode_options options = LAC_IMAGE_ENCODE_OPTIONS_INIT;
    options.quality = quality;
    options.threads = 1;
    CHECK(lac_image_encode(pixels, stride, width, height, channels, &options, made.bytes, capacity, &made.length) == LAC_OK);
    free(pixels);
    made.bytes = realloc(made.bytes, made.length);
    return made;
}

coded coded_read(const char* path)
{
    coded made = { NULL, 0, 0, 0, 0 };
    FILE* file = fopen(path, "rb");
    if (file == NULL) {
        fprintf(stderr, "skipped: %s is not here\n", path);
        exit(77);
    }

    CHECK(fseek(file, 0, SEEK_END) == 0);
    made.length = (size_t)ftell(file);
    rewind(file);
    made.bytes = check_alloc(made.length + 1);
    CHECK(fread(made.bytes, 1, made.length, file) == made.length);
    fclose(file);

    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    if (lac_stream_info(made.bytes, made.length, &properties) == LAC_OK) {
        made.width = properties.width, made.height = properties.height, made.channels = properties.channels;
    }

    return made;
}

coded coded_join(const coded* parts, int count)
{
    coded joined = parts[0];
    joined.length = 0;
    for (int i = 0; i < count; i++) {
        joined.length += parts[i].length;
    }

    uint8_t* next = joined.bytes = check_alloc(joined.length);
    for (int i = 0; i < count; i++) {
        memcpy(next, parts[i].bytes, parts[i].length);
        next += parts[i].length;
    }

    return joined;
}

coded coded_copy(const coded* stream)
{
    return coded_join(stream, 1);
}

coded coded_with_optional(const coded* stream, const char* payload)
{
    enum { mark_bytes = 2, optional = 64, head = 5, check_bytes = 4 };
    size_t length = strlen(payload);
    coded longer = *stream;
    longer.length += head + length + check_bytes;
    longer.bytes = check_alloc(longer.length);
    memcpy(longer.bytes, stream->bytes, stream->length);

    uint8_t* packet = longer.bytes + stream->length;
    const uint8_t front[head] = { 0xB7, 0x4C, optional, 0, (uint8_t)length };
    CHECK(length < 128);
    memcpy(packet, front, head);
    memcpy(packet + head, payload, length);
    uint32_t check = crc32c(0, packet + mark_bytes, head - mark_bytes + length);
    for (int i = 0; i < check_bytes; i++) {
        packet[head + length + i] = (uint8_t)(check >> 8 * i);
    }

    return longer;
}

void coded_free(coded* stream)
{
    free(stream->bytes);
    stream->bytes = NULL;
}

uint8_t* coded_pixels(const coded* stream, int format)
{
    int chosen = format == LAC_PIXEL_STREAM ? stream->channels : format;
    ptrdiff_t stride = (ptrdiff_t)stream->width * format_channels(chosen);
    size_t bytes = (size_t)stride * stream->height;
    uint8_t* pixels = check_alloc(bytes);
    lac_image_decode_options options = LAC_IMAGE_DECODE_OPTIONS_INIT;
    options.threads = 1;
    options.format = format;
    CHECK(lac_image_decode_into(stream->bytes, stream->length, &options, pixels, stride, bytes) == LAC_OK);
    return pixels;
}

lac_packet coded_packet(const coded* stream)
{
    lac_packet packet = LAC_PACKET_INIT;
    packet.data = stream->bytes;
    packet.size = stream->length;
    return packet;
}

int format_channels(int format)
{
    switch (format) {
    case LAC_PIXEL_GREY:
        return 1;
    case LAC_PIXEL_GREY_ALPHA:
        return 2;
    case LAC_PIXEL_RGB:
    case LAC_PIXEL_BGR:
    case LAC_PIXEL_RGB_PLANAR:
        return 3;
    default:
        return 4;
    }
}

int format_planes(int format)
{
    return format >= LAC_PIXEL_RGB_PLANAR ? format_channels(format) : 1;
}

int format_pixel_bytes(int format)
{
    return format_channels(format) / format_planes(format);
}

int frame_holds(const lac_frame* frame, const uint8_t* pixels)
{
    size_t row = (size_t)frame->width * format_pixel_bytes(frame->format);
    for (int plane = 0; plane < format_planes(frame->format); plane++) {
        for (int y = 0; y < frame->height; y++, pixels += row) {
            if (memcmp(frame->planes[plane] + y * frame->strides[plane], pixels, row) != 0) {
                return 0;
            }
        }
    }

    return 1;
}

uint32_t frame_crc(const lac_frame* frame)
{
    uint32_t crc = 0;
    size_t row = (size_t)frame->width * format_pixel_bytes(frame->format);
    for (int plane = 0; plane < format_planes(frame->format); plane++) {
        for (int y = 0; y < frame->height; y++) {
            crc = crc32c(crc, frame->planes[plane] + y * frame->strides[plane], row);
        }
    }

    return crc;
}

int frame_is_empty(const lac_frame* frame)
{
    lac_frame empty = LAC_FRAME_INIT;
    return frame->struct_size >= sizeof empty && frame->format == 0 && frame->width == 0 && frame->height == 0
        && memcmp(frame->planes, empty.planes, sizeof empty.planes) == 0
        && memcmp(frame->strides, empty.strides, sizeof empty.strides) == 0
        && frame->pts == LAC_UNKNOWN && frame->duration == LAC_UNKNOWN && frame->offset == LAC_UNKNOWN
        && frame->user_data == NULL && frame->reference == NULL;
}

int packet_is_empty(const lac_packet* packet)
{
    return packet->struct_size >= sizeof *packet && packet->flags == 0 && packet->data == NULL && packet->size == 0
        && packet->pts == LAC_UNKNOWN && packet->duration == LAC_UNKNOWN && packet->offset == LAC_UNKNOWN
        && packet->user_data == NULL && packet->reference == NULL;
}

uint32_t crc32c(uint32_t crc, const uint8_t* bytes, size_t length)
{
    const uint32_t castagnoli = 0x82F63B78u;
    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = crc >> 1 ^ (castagnoli & (0u - (crc & 1)));
        }
    }

    return ~crc;
}

void packets_repair(uint8_t* bytes, size_t count)
{
    enum { magic = 4, mark = 2, head = 4 };
    for (size_t at = magic; at + head < count;) {
        size_t payload = 0, next = at + head;
        for (int shift = 0; next < count && shift < 28; shift += 7) {
            payload |= (size_t)(bytes[next] & 0x7F) << shift;
            if (bytes[next++] < 0x80) {
                break;
            }
        }

        if (payload + 4 > count - next) {
            return;
        }

        uint32_t check = crc32c(0, bytes + at + mark, next + payload - at - mark);
        for (int i = 0; i < 4; i++) {
            bytes[next + payload + i] = (uint8_t)(check >> 8 * i);
        }

        at = next + payload + 4;
    }
}

lac_counters counters(void)
{
    lac_counters now = LAC_COUNTERS_INIT;
    CHECK(lac_get_counters(&now) == LAC_OK);
    return now;
}
