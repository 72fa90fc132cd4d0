/* lacuna/checksum.h */
#ifndef LAC_CHECKSUM_H
#define LAC_CHECKSUM_H
#include "lacuna/base.h"
#endif
