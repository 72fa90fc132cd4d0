/* lacuna/model.h - the prior that both ends share.
 *
 *   lac_model* model = NULL;
 *   lac_model_open_file("portraits.lacm", &model);
 *   options.models = (const lac_model* const*)&model;
 *   options.model_count = 1;
 *   lac_decoder_create(&options, &decoder);
 *   lac_model_release(&model);            the decoder keeps it
 *
 * A model is a safetensors file (docs/format.md, section 5). Streams name
 * theirs by content hash. One lies in the library and needs no opening. A
 * model never changes: threads may share it. */

#ifndef LAC_MODEL_H
#define LAC_MODEL_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lac_model lac_model;

/* What a model is. */
typedef struct lac_model_properties {
    uint32_t struct_size; /* sizeof(lac_model_properties), set by the caller */
    int32_t embedded;     /* 1: the one in the library */
    uint64_t hash;        /* as streams name it: the first eight bytes of sha256, little-endian */
    uint8_t sha256[32];   /* of the file */
    uint64_t bytes;       /* of the file */
    uint64_t parameters;  /* numbers in it */
} lac_model_properties;

#define LAC_MODEL_PROPERTIES_INIT { (uint32_t)sizeof(lac_model_properties), 0, 0, { 0 }, 0, 0 }

/* The model in the library, with a reference for the caller.
 *   model         receives it; null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_model_default(lac_model** model);

/* Opens a model in memory. The file is not copied: its weights are laid out
 * for the kernels as they are first used.
 *   data          [length] bytes, a whole file; must stay as it is until the
 *                 last reference is released, decoders and encoders included
 *   model         receives the model with one reference; null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_INVALID_DATA (not a
 *                 model of this version; the detail text says why),
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_model_open_memory(const void* data, size_t length, lac_model** model);

/* Opens a model file, which is mapped and may not change meanwhile.
 *   path          UTF-8
 *   returns       as lac_model_open_memory, or LAC_E_IO */
LAC_API lac_status lac_model_open_file(const char* path, lac_model** model);

/* Adds a reference.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_model_retain(lac_model* model);

/* Takes a reference away and sets *model to null; the last one closes the
 * model. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_model_release(lac_model** model);

/* Tells what a model is.
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_model_info(const lac_model* model, lac_model_properties* properties);

#ifdef __cplusplus
}
#endif
#endif
