/* lacuna/sampling.h */
#ifndef LAC_SAMPLING_H
#define LAC_SAMPLING_H
#include "lacuna/base.h"
#endif
