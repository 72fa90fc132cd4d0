/* lacuna/media.h - frames and packets, counted by reference.
 *
 * A frame or packet is the caller's structure, filled by the library; what
 * it points to is shared and lives until the last structure that refers to
 * it is released. Threads may release and retain freely; one structure
 * belongs to one thread at a time. */

#ifndef LAC_MEDIA_H
#define LAC_MEDIA_H

#include "lacuna/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How pixels lie in memory: 8 bits a channel, alpha straight. The first four
 * are those of streams; their values are the number of channels. */
enum {
    LAC_PIXEL_STREAM = 0, /* as the stream has it: one of the next four */
    LAC_PIXEL_GREY = 1,
    LAC_PIXEL_GREY_ALPHA = 2,
    LAC_PIXEL_RGB = 3,
    LAC_PIXEL_RGBA = 4,
    LAC_PIXEL_BGR = 5,
    LAC_PIXEL_BGRA = 6, /* little-endian 0xAARRGGBB */
    LAC_PIXEL_ARGB = 7,
    LAC_PIXEL_ABGR = 8,
    LAC_PIXEL_RGB_PLANAR = 16, /* three planes */
    LAC_PIXEL_RGBA_PLANAR = 17 /* four planes */
};

/* A time or a place that is not known. */
#define LAC_UNKNOWN INT64_MIN

/* A picture. */
typedef struct lac_frame {
    uint32_t struct_size; /* sizeof(lac_frame), set by the caller */
    int32_t format;       /* LAC_PIXEL_* */
    int32_t width;        /* pixels a row */
    int32_t height;       /* rows */
    uint8_t* planes[4];   /* each top row's first byte; null where there is no such plane */
    ptrdiff_t strides[4]; /* bytes from a row to the one below; may be negative in frames of the caller's */
    int64_t pts;          /* of the packet in which the picture began; any unit, or LAC_UNKNOWN */
    int64_t duration;     /* the same */
    int64_t offset;       /* the same; where in its file the picture begins, if the packet told */
    void* user_data;      /* the same */
    void* reference;      /* the library's; null in frames of the caller's */
} lac_frame;

#define LAC_FRAME_INIT { (uint32_t)sizeof(lac_frame), 0, 0, 0, { NULL, NULL, NULL, NULL }, { 0, 0, 0, 0 }, \
    LAC_UNKNOWN, LAC_UNKNOWN, LAC_UNKNOWN, NULL, NULL }

/* Makes `destination` refer to what `source` does.
 *   destination   struct_size set; what it held is not released. Zeros on
 *                 failure
 *   source        filled by the library
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_frame_retain(lac_frame* destination, const lac_frame* source);

/* Takes the structure's reference away and sets all but struct_size to
 * LAC_FRAME_INIT. Null and a frame without reference do nothing else.
 *   returns       LAC_OK, LAC_E_INVALID_ARGUMENT */
LAC_API lac_status lac_frame_release(lac_frame* frame);

/* Gives the memory of frames: for pictures that are to lie in textures,
 * shared memory or a pool of the host's. All zero: the library's own, whose
 * rows begin at multiples of 64 bytes. */
typedef struct lac_frame_allocator {
    void* context;
    /* Receives format, width, height and the packet's times; sets planes and
     * strides, and may set `cookie`. Planes may lie anywhere. Another value
     * than 0: the call ends with LAC_E_OUT_OF_MEMORY. */
    int32_t (*allocate)(void* context, lac_frame* frame, void** cookie);
    /* Takes the memory back, once, when the last reference is gone, on the
     * thread that released it; or where decoding failed. */
    void (*release)(void* context, const lac_frame* frame, void* cookie);
} lac_frame_allocator;

/* A piece of a stream. */
typedef struct lac_packet {
    uint32_t struct_size; /* sizeof(lac_packet), set by the caller */
    uint32_t flags;       /* 0 */
    const uint8_t* data;  /* [size] */
    size_t size;          /* bytes */
    int64_t pts;          /* any unit, or LAC_UNKNOWN */
    int64_t duration;     /* any unit, or LAC_UNKNOWN */
    int64_t offset;       /* where in its file the packet begins, or LAC_UNKNOWN */
    void* user_data;      /* comes back with the frame or the packet */
    void* reference;      /* the library's; null in packets of the caller's */
} lac_packet;

#define LAC_PACKET_INIT { (uint32_t)sizeof(lac_packet), 0, NULL, 0, LAC_UNKNOWN, LAC_UNKNOWN, LAC_UNKNOWN, NULL, NULL }

/* As lac_frame_retain. */
LAC_API lac_status lac_packet_retain(lac_packet* destination, const lac_packet* source);

/* As lac_frame_release. */
LAC_API lac_status lac_packet_release(lac_packet* packet);

#ifdef __cplusplus
}
#endif
#endif
