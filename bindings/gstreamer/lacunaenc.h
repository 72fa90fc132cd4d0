/* lacunaenc.h - the element that encodes raw pictures to streams. */

#ifndef LACUNA_GST_ENC_H
#define LACUNA_GST_ENC_H

#include <gst/video/gstvideoencoder.h>

G_BEGIN_DECLS

#define LACUNA_TYPE_ENC (lacuna_enc_get_type())
G_DECLARE_FINAL_TYPE(LacunaEnc, lacuna_enc, LACUNA, ENC, GstVideoEncoder)

G_END_DECLS

#endif
