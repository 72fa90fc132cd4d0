/* lacuna/payload.h */
#ifndef LAC_PAYLOAD_H
#define LAC_PAYLOAD_H
#include "lacuna/base.h"
#endif
