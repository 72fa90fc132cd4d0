/* model FILE: the library's own model, the same one opened from a file and from memory, another one, and none at all. */

#include <inttypes.h>

#include "handles.h"
#include "../streams.h"
#include "structures.h"

static const char* path;
static coded file; /* any bytes */
static coded stream;

static lac_model* open_memory(const coded* bytes)
{
    lac_model* model = NULL;
    CHECK(lac_model_open_memory(bytes->bytes, bytes->length, &model) == LAC_OK && model != NULL);
    return model;
}

static lac_model_properties properties_of(const lac_model* model)
{
    lac_model_properties properties = LAC_MODEL_PROPERTIES_INIT;
    CHECK(lac_model_info(model, &properties) == LAC_OK && properties.struct_size == sizeof properties);
    return properties;
}

static void same_model(const lac_model_properties* a, const lac_model_properties* b)
{
    CHECK(a->hash == b->hash && a->bytes == b->bytes && a->parameters == b->parameters);
    CHECK(memcmp(a->sha256, b->sha256, sizeof a->sha256) == 0);
}

/* The sum in FILE.sha256, and what the three ways of opening say. */
static void the_model_is_the_file(void)
{
    char name[1024], text[65] = "", digits[3] = "";
    snprintf(name, sizeof name, "%s.sha256", path);
    coded sum = coded_read(name);
    memcpy(text, sum.bytes, sum.length < 64 ? sum.length : 64);

    lac_model *own = NULL, *mapped = NULL, *memory = open_memory(&file);
    CHECK(lac_model_default(&own) == LAC_OK && lac_model_open_file(path, &mapped) == LAC_OK);
    lac_model_properties first = properties_of(own), second = properties_of(mapped), third = properties_of(memory);
    same_model(&first, &second);
    same_model(&first, &third);
    CHECK(first.embedded == 1 && second.embedded == 0 && third.embedded == 0);
    CHECK(first.bytes == file.length && first.parameters > 1000000 && first.parameters * 2 < first.bytes + 1000000);
    uint64_t hash = 0;
    for (int i = 0; i < 32; i++) {
        snprintf(digits, sizeof digits, "%02x", first.sha256[i]);
        CHECK(strncmp(digits, text + 2 * i, 2) == 0);
        hash |= i < 8 ? (uint64_t)first.sha256[i] << 8 * i : 0;
    }

    uint64_t required;
    CHECK(first.hash == hash && lac_stream_required_model(stream.bytes, stream.length, &required) == LAC_OK && required == hash);
    CHECK(lac_model_release(&own) == LAC_OK && lac_model_release(&mapped) == LAC_OK && lac_model_release(&memory) == LAC_OK);
    coded_free(&sum);
}

/* Encodes with a model that the encoder alone still holds. */
static coded encode_with(lac_model* model)
{
    uint8_t* pixels = coded_pixels(&stream, LAC_PIXEL_STREAM);
    lac_encoder_options options = LAC_ENCODER_OPTIONS_INIT;
    lac_encoder* encoder = NULL;
    options.model = model, options.threads = 1;
    CHECK(lac_encoder_create(&options, &encoder) == LAC_OK && lac_model_release(&model) == LAC_OK);
    lac_frame frame = LAC_FRAME_INIT;
    frame.format = stream.channels, frame.width = stream.width, frame.height = stream.height;
    frame.planes[0] = pixels, frame.strides[0] = (ptrdiff_t)stream.width * stream.channels;
    lac_packet packet = LAC_PACKET_INIT;
    CHECK(lac_encoder_send(encoder, &frame) == LAC_OK && lac_encoder_get(encoder, &packet) == LAC_OK);
    coded made = stream;
    made.length = packet.size;
    made.bytes = check_alloc(packet.size);
    memcpy(made.bytes, packet.data, packet.size);
    CHECK(lac_packet_release(&packet) == LAC_OK && lac_encoder_destroy(&encoder) == LAC_OK);
    free(pixels);
    return made;
}

static lac_decoder* decoder_with(lac_model** models, size_t count)
{
    lac_decoder_options options = LAC_DECODER_OPTIONS_INIT;
    lac_decoder* decoder = NULL;
    options.models = (const lac_model* const*)models, options.model_count = count, options.threads = 1;
    CHECK(lac_decoder_create(&options, &decoder) == LAC_OK);
    return decoder;
}

static uint64_t decode(lac_decoder* decoder, const coded* what, lac_status expected)
{
    lac_packet packet = coded_packet(what);
    lac_frame frame = LAC_FRAME_INIT;
    uint64_t hash = 0;
    CHECK(lac_decoder_send(decoder, &packet) == LAC_OK);
    if (expected != LAC_OK) {
        REFUSED(expected, lac_decoder_get(decoder, &frame));
        return 0;
    }

    CHECK(lac_decoder_get(decoder, &frame) == LAC_OK && lac_decoder_state_hash(decoder, &hash) == LAC_OK);
    CHECK(lac_frame_release(&frame) == LAC_OK);
    return hash;
}

/* A weight's lowest bit makes it another model: streams of it need it, and the decoder keeps it. */
static void streams_name_their_model(void)
{
    coded changed = coded_copy(&file);
    changed.bytes[changed.length - 2] ^= 1;
    lac_model *other = open_memory(&changed), *same = open_memory(&file);
    lac_model_properties its = properties_of(other), ours = properties_of(same);
    CHECK(its.hash != ours.hash && memcmp(its.sha256, ours.sha256, 32) != 0 && its.parameters == ours.parameters);

    CHECK(lac_model_retain(other) == LAC_OK);
    coded made = encode_with(other);
    lac_stream_properties properties = LAC_STREAM_PROPERTIES_INIT;
    CHECK(lac_stream_info(made.bytes, made.length, &properties) == LAC_OK);
    CHECK(properties.model == its.hash && properties.has_model == 0);

    lac_decoder* plain = decoder_with(NULL, 0);
    uint64_t expected = decode(plain, &stream, LAC_OK);
    decode(plain, &made, LAC_E_UNKNOWN_MODEL);
    CHECK(decode(plain, &stream, LAC_OK) == expected);
    CHECK(lac_decoder_destroy(&plain) == LAC_OK);

    lac_model* both[] = { same, other };
    lac_decoder* decoder = decoder_with(both, 2);
    CHECK(lac_model_release(&other) == LAC_OK && lac_model_release(&same) == LAC_OK);
    CHECK(decode(decoder, &stream, LAC_OK) == expected);
    CHECK(decode(decoder, &made, LAC_OK) != expected);
    CHECK(decode(decoder, &stream, LAC_OK) == expected);
    CHECK(lac_decoder_destroy(&decoder) == LAC_OK);

    coded again = encode_with(open_memory(&file));
    coded expected_stream = stream;
    CHECK(lac_stream_info(again.bytes, again.length, &properties) == LAC_OK && properties.model == ours.hash);
    CHECK(properties.has_model == 1 && expected_stream.width == again.width);
    coded_free(&again);
    coded_free(&made);
    coded_free(&changed);
}

/* Every cut of the header, and damage to it: a status and a reason, and no model. */
static void what_is_no_model(void)
{
    lac_model* model = (lac_model*)&file;
    for (size_t length = 0; length < 4096; length += 1 + length / 8) {
        REFUSED(LAC_E_INVALID_DATA, lac_model_open_memory(file.bytes, length, &model));
        CHECK(model == NULL);
    }

    REFUSED(LAC_E_INVALID_DATA, lac_model_open_memory(file.bytes, file.length - 1, &model));
    REFUSED(LAC_E_INVALID_DATA, lac_model_open_memory(stream.bytes, stream.length, &model));
    coded damaged = coded_copy(&file);
    static const uint8_t edges[] = { 0, 0x7F, 0xFF };
    for (size_t at = 0; at < 2000; at += at < 12 ? 1 : 37) {
        for (int i = 0; i < 3; i++) {
            damaged.bytes[at] = edges[i];
            check_mark();
            lac_status status = lac_model_open_memory(damaged.bytes, damaged.length, &model);
            CHECK((status == LAC_OK) == (model != NULL));
            if (status != LAC_OK) {
                check_refused(__FILE__, __LINE__, LAC_E_INVALID_DATA, status);
            }

            CHECK(lac_model_release(&model) == LAC_OK);
        }

        damaged.bytes[at] = file.bytes[at];
    }

    coded_free(&damaged);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_open_memory(NULL, 8, &model));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_open_memory(file.bytes, file.length, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_open_file(NULL, &model));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_open_file(path, NULL));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_default(NULL));
    model = (lac_model*)&file;
    REFUSED(LAC_E_IO, lac_model_open_file("/no/such/file", &model));
    CHECK(model == NULL);
    REFUSED(LAC_E_IO, lac_model_open_file("", &model));
    REFUSED(LAC_E_IO, lac_model_open_file("/", &model));
    REFUSED(LAC_E_IO, lac_model_open_file("caf\xC3\xA9 \xFF\xFE", &model));
    REFUSED(LAC_E_INVALID_DATA, lac_model_open_file("/dev/null", &model));
}

static lac_status retain(void* handle)
{
    return lac_model_retain(handle);
}

static lac_status release(void* handle)
{
    lac_model* variable = handle;
    lac_status status = lac_model_release(&variable);
    CHECK(variable == (status == LAC_OK ? NULL : handle));
    return status;
}

static lac_status info_of(void* handle)
{
    lac_model_properties properties = LAC_MODEL_PROPERTIES_INIT;
    properties.bytes = 7;
    lac_status status = lac_model_info(handle, &properties);
    CHECK(properties.bytes == 0 && properties.struct_size == sizeof properties);
    return status;
}

static lac_model* one;

static lac_status info(void* properties)
{
    return lac_model_info(one, properties);
}

static void references(void)
{
    lac_model_properties properties = LAC_MODEL_PROPERTIES_INIT;
    CHECK(lac_model_default(&one) == LAC_OK);
    structure_rules(info, &properties, sizeof properties, 1);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_info(one, NULL));
    lac_model *first = one, *second = one;
    CHECK(lac_model_retain(one) == LAC_OK && lac_model_release(&first) == LAC_OK && first == NULL);
    CHECK(lac_model_info(one, &properties) == LAC_OK && lac_model_release(&second) == LAC_OK);
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_info(one, &properties));
    REFUSED(LAC_E_INVALID_ARGUMENT, lac_model_release(&one));
    CHECK(lac_model_release(NULL) == LAC_OK);
    handle_rules(HANDLE_MODEL, retain, 0);
    handle_rules(HANDLE_MODEL, release, 1);
    handle_rules(HANDLE_MODEL, info_of, 0);
}

int main(int argc, char** argv)
{
    CHECK(argc == 2);
    path = argv[1];
    file = coded_read(path);
    stream = coded_make(40, 30, 3, 50);
    the_model_is_the_file();
    streams_name_their_model();
    what_is_no_model();
    references();
    CHECK(counters().handles == 0);
    coded_free(&file);
    coded_free(&stream);
    return 0;
}
