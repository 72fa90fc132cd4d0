/* lacuna/lacuna.h - all of the library. */

#ifndef LAC_LACUNA_H
#define LAC_LACUNA_H

#include "lacuna/adaptive.h"
#include "lacuna/base.h"
#include "lacuna/checksum.h"
#include "lacuna/decoder.h"
#include "lacuna/encoder.h"
#include "lacuna/host.h"
#include "lacuna/image.h"
#include "lacuna/media.h"
#include "lacuna/model.h"
#include "lacuna/payload.h"
#include "lacuna/rans.h"
#include "lacuna/sampling.h"
#include "lacuna/stream.h"
#include "lacuna/vq.h"

#endif
