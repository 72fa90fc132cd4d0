/* lacuna/adaptive.h */
#ifndef LAC_ADAPTIVE_H
#define LAC_ADAPTIVE_H
#include "lacuna/base.h"
#endif
