/* lacunadec.h - the element that decodes streams to raw pictures. */

#ifndef LACUNA_GST_DEC_H
#define LACUNA_GST_DEC_H

#include <gst/video/gstvideodecoder.h>

G_BEGIN_DECLS

#define LACUNA_TYPE_DEC (lacuna_dec_get_type())
G_DECLARE_FINAL_TYPE(LacunaDec, lacuna_dec, LACUNA, DEC, GstVideoDecoder)

G_END_DECLS

#endif
