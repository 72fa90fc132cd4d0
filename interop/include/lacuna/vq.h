/* lacuna/vq.h - vector quantisation: vectors to indices, and indices back.
 *
 *   lac_codebook* codebook = NULL;
 *   lac_codebook_create(codewords, 1024, 8, NULL, &codebook);
 *   lac_vq* vq = NULL;
 *   lac_vq_create_residual((const lac_codebook* const*)&codebook, 1, NULL, &vq);
 *   lac_codebook_destroy(&codebook);                 the quantiser keeps it
 *
 *   lac_vq_encode(vq, vectors, count, indices);      [count][8] to [count][1]
 *   lac_vq_decode(vq, indices, count, 0, vectors);
 *   lac_vq_destroy(&vq);
 *
 * One codebook makes flat quantisation; several that follow each other make
 * residual quantisation (SoundStream, EnCodec, DAC), side by side a product.
 * A lac_grid quantises without a codebook (FSQ, LFQ, BSQ).
 *
 * Indices are exact: the same on every machine and with any number of
 * threads; of codewords that are equally near the lowest index wins. Vectors
 * lie one after the other, indices too: [vectors][indices of a vector].
 *
 * Codebooks never change: threads may share them. Calls on one quantiser or
 * grid wait for each other: use one a thread. docs/vector-quantization.md
 * tells what is searched and which checkpoints are read. */

#ifndef LAC_VQ_H
#define LAC_VQ_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Codewords, prepared for search. */
typedef struct lac_codebook lac_codebook;

/* What makes a codeword the nearest. */
enum {
    LAC_METRIC_EUCLIDEAN = 0,    /* the least distance */
    LAC_METRIC_COSINE = 1,       /* the greatest cosine */
    LAC_METRIC_INNER_PRODUCT = 2 /* the greatest inner product */
};

/* How codewords are kept. Search and decoding use the rounded ones. */
enum {
    LAC_CODEWORDS_FLOAT32 = 0,
    LAC_CODEWORDS_BFLOAT16 = 1,
    LAC_CODEWORDS_INT8 = 2 /* a scale a codeword */
};

/* How a codebook is made. */
typedef struct lac_codebook_options {
    uint32_t struct_size; /* sizeof(lac_codebook_options) */
    int32_t metric;       /* LAC_METRIC_* */
    int32_t storage;      /* LAC_CODEWORDS_* */
    float lambda;         /* what a bit is worth in squared distance; 0 or more. Above 0 needs `bits` */
    const float* bits;    /* [count] what each index costs, 0 or more, for the least |x - c|^2 + lambda bits; or null */
} lac_codebook_options;

#define LAC_CODEBOOK_OPTIONS_INIT { (uint32_t)sizeof(lac_codebook_options), LAC_METRIC_EUCLIDEAN, LAC_CODEWORDS_FLOAT32, 0.0f, NULL }

/* Makes a codebook.
 *   codewords     [count][dimensions], all finite; copied
 *   count         1 or more
 *   dimensions    1 or more; count times dimensions up to 1 << 30
 *   options       null: LAC_CODEBOOK_OPTIONS_INIT
 *   codebook      receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT (the detail text names an
 *                 element that is not finite), LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_codebook_create(
    const float* codewords, size_t count, size_t dimensions, const lac_codebook_options* options,
    lac_codebook** codebook);

/* How codebooks are trained. The same seed, vectors and options give the
 * same codewords on every machine. */
typedef struct lac_training_options {
    uint32_t struct_size;         /* sizeof(lac_training_options) */
    int32_t metric;               /* LAC_METRIC_EUCLIDEAN, or LAC_METRIC_COSINE */
    uint64_t seed;
    int32_t iterations;           /* at most; Lloyd's algorithm ends where nothing changes */
    int32_t batch;                /* vectors of a mini-batch; 0: Lloyd's algorithm over all */
    int32_t vectors_per_codeword; /* Lloyd's algorithm looks at no more; 0: all */
    float lambda;                 /* what a bit is worth in squared distance: above 0 the training counts bits */
    int32_t threads;              /* 0: one a processor; 256 at most. Changes no bit */
    uint32_t reserved;            /* 0 */
} lac_training_options;

#define LAC_TRAINING_OPTIONS_INIT { (uint32_t)sizeof(lac_training_options), LAC_METRIC_EUCLIDEAN, 0, 20, 0, 256, 0.0f, 1, 0 }

/* Trains a codebook: k-means with k-means++ seeding. For residual stages
 * train on what lac_vq_decode of the stages before leaves.
 *   vectors       [count][dimensions]
 *   count         at least as many as codewords
 *   dimensions    1 or more
 *   codewords     1 or more
 *   options       null: LAC_TRAINING_OPTIONS_INIT
 *   codebook      receives it; the caller destroys it. Null on failure
 *   mean_error    receives the mean squared distance (and lambda bits); 0 on
 *                 failure. May be null
 *   returns       LAC_OK, LAC_E_INVALID_DATA (an element is not finite; the
 *                 detail text says where), LAC_E_INVALID_ARGUMENT,
 *                 LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_codebook_train(
    const float* vectors, size_t count, size_t dimensions, size_t codewords, const lac_training_options* options,
    lac_codebook** codebook, double* mean_error);

/* What a codebook is. */
typedef struct lac_codebook_properties {
    uint32_t struct_size; /* sizeof(lac_codebook_properties), set by the caller */
    int32_t metric;       /* LAC_METRIC_* */
    int32_t storage;      /* LAC_CODEWORDS_* */
    uint32_t reserved;
    uint64_t count;       /* codewords */
    uint64_t dimensions;  /* elements of each */
} lac_codebook_properties;

#define LAC_CODEBOOK_PROPERTIES_INIT { (uint32_t)sizeof(lac_codebook_properties), 0, 0, 0, 0, 0 }

/* Tells what a codebook is.
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_codebook_info(const lac_codebook* codebook, lac_codebook_properties* properties);

/* Copies the codewords as decoding gives them.
 *   codewords     [capacity] floats; receives [count][dimensions]
 *   capacity      floats
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_codebook_copy(const lac_codebook* codebook, float* codewords, size_t capacity);

/* Destroys the codebook and sets *codebook to null; quantisers that use it go
 * on. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_codebook_destroy(lac_codebook** codebook);

/* A quantiser with stored codewords. */
typedef struct lac_vq lac_vq;

/* What an encoder does with NaN and infinity. */
enum {
    LAC_NON_FINITE_REJECT = 0, /* LAC_E_INVALID_DATA; the detail text says where the first is */
    LAC_NON_FINITE_MAP = 1     /* a NaN counts as 0, an infinity as the greatest number of its sign */
};

/* How a quantiser works. */
typedef struct lac_vq_options {
    uint32_t struct_size; /* sizeof(lac_vq_options) */
    int32_t beam;         /* paths that residual stages follow, 1 to 64; above 1 for Euclidean stages alone */
    int32_t non_finite;   /* LAC_NON_FINITE_* */
    int32_t threads;      /* 0: one a processor; 256 at most. Changes no bit */
} lac_vq_options;

#define LAC_VQ_OPTIONS_INIT { (uint32_t)sizeof(lac_vq_options), 1, LAC_NON_FINITE_REJECT, 1 }

/* Makes a quantiser whose stages each encode what the ones before have left;
 * of one stage: flat quantisation.
 *   codebooks     [count], all of the same dimensions; retained
 *   count         stages, 1 to 1024
 *   options       null: LAC_VQ_OPTIONS_INIT
 *   vq            receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_vq_create_residual(
    const lac_codebook* const* codebooks, size_t count, const lac_vq_options* options, lac_vq** vq);

/* Makes a quantiser of neighbouring parts of a vector, each with a codebook
 * of its own.
 *   codebooks     [count], the first for the first elements; retained
 *   count         parts, 1 to 1024
 *   options       null: LAC_VQ_OPTIONS_INIT; the beam must be 1
 *   vq            receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_vq_create_product(
    const lac_codebook* const* codebooks, size_t count, const lac_vq_options* options, lac_vq** vq);

/* Makes the quantiser that a safetensors file holds: Lacuna's, or a
 * checkpoint of EnCodec, DAC or Mimi.
 *   data          [length] bytes, the whole file; not needed afterwards
 *   options       null: LAC_VQ_OPTIONS_INIT
 *   vq            receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_DATA (the detail text says why),
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_vq_open_memory(
    const void* data, size_t length, const lac_vq_options* options, lac_vq** vq);

/* Makes a quantiser of the first stages of another, whose codebooks and
 * options it shares: for fewer indices a vector.
 *   stages        1 to those of `vq`; of every group where there are groups
 *   prefix        receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_vq_create_prefix(const lac_vq* vq, int32_t stages, lac_vq** prefix);

/* What a quantiser is. */
typedef struct lac_vq_properties {
    uint32_t struct_size;       /* sizeof(lac_vq_properties), set by the caller */
    int32_t dimensions;         /* elements of a vector */
    int32_t indices_per_vector;
    int32_t stages;             /* of the longest chain of residuals */
} lac_vq_properties;

#define LAC_VQ_PROPERTIES_INIT { (uint32_t)sizeof(lac_vq_properties), 0, 0, 0 }

/* Tells what a quantiser is.
 *   properties    struct_size set; zeros but for that on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_vq_info(const lac_vq* vq, lac_vq_properties* properties);

/* Tells how many values each index of a vector may take.
 *   counts        [capacity] receives, for each index of a vector, its number
 *                 of codewords
 *   capacity      at least indices_per_vector
 *   returns       LAC_OK, LAC_E_BUFFER_TOO_SMALL, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_vq_codewords(const lac_vq* vq, int32_t* counts, size_t capacity);

/* Finds the codewords of vectors.
 *   vectors       [count][dimensions]
 *   count         vectors, of fewer than 1 << 31 elements and indices
 *   indices       [count][indices_per_vector]; zeros on failure, unless `vq`
 *                 is none
 *   returns       LAC_OK, LAC_E_INVALID_DATA (LAC_NON_FINITE_REJECT),
 *                 LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_vq_encode(lac_vq* vq, const float* vectors, size_t count, int32_t* indices);

/* Writes the vectors that indices stand for.
 *   indices       [count][indices_per_vector]
 *   count         vectors
 *   stages        decode with so many of the first stages; 0: all
 *   vectors       [count][dimensions]; zeros on failure, unless `vq` is none
 *   returns       LAC_OK, LAC_E_INVALID_DATA (an index names no codeword; the
 *                 detail text says which), LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_vq_decode(lac_vq* vq, const int32_t* indices, size_t count, int32_t stages, float* vectors);

/* Destroys the quantiser and sets *vq to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_vq_destroy(lac_vq** vq);

/* A quantiser whose codewords are the points of a grid: implied, not stored.
 * One index of 64 bits a vector. */
typedef struct lac_grid lac_grid;

/* How finite scalar quantisation brings elements into range. */
enum {
    LAC_BOUND_TANH = 0,   /* for what an encoder network puts out */
    LAC_BOUND_NEAREST = 1 /* for elements in [-1, 1], as decoded ones are */
};

/* Finite scalar quantisation (FSQ) as vector-quantize-pytorch has it; the
 * first dimension is fastest in the index.
 *   levels        [dimensions], 2 to 65536 each; their product up to 2^63 - 1
 *   dimensions    1 or more
 *   bound         LAC_BOUND_*
 *   grid          receives it; the caller destroys it. Null on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT, LAC_E_OUT_OF_MEMORY */
LAC_API lac_status lac_grid_create_fsq(const int32_t* levels, size_t dimensions, int32_t bound, lac_grid** grid);

/* Look-up free quantisation (LFQ): a bit an element, x > 0, the first the
 * highest; decoded +-scale.
 *   dimensions    1 to 62
 *   scale         finite and above 0; usually 1
 *   grid, returns as lac_grid_create_fsq */
LAC_API lac_status lac_grid_create_lfq(size_t dimensions, float scale, lac_grid** grid);

/* Binary spherical quantisation (BSQ): the same bits; decoded
 * +-1 / sqrt(dimensions).
 *   dimensions    1 to 62
 *   grid, returns as lac_grid_create_fsq */
LAC_API lac_status lac_grid_create_bsq(size_t dimensions, lac_grid** grid);

/* Tells the number of codewords: indices are below it.
 *   dimensions    receives the elements of a vector; 0 on failure
 *   codewords     receives the codewords; 0 on failure
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_grid_info(const lac_grid* grid, int32_t* dimensions, int64_t* codewords);

/* As lac_vq_encode, one index a vector; `non_finite` is LAC_NON_FINITE_*. */
LAC_API lac_status lac_grid_encode(
    lac_grid* grid, const float* vectors, size_t count, int32_t non_finite, int64_t* indices);

/* As lac_vq_decode. */
LAC_API lac_status lac_grid_decode(lac_grid* grid, const int64_t* indices, size_t count, float* vectors);

/* Destroys the grid and sets *grid to null. Null and *null do nothing.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_grid_destroy(lac_grid** grid);

#ifdef __cplusplus
}
#endif
#endif
