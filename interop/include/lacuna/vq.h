/* lacuna/vq.h */
#ifndef LAC_VQ_H
#define LAC_VQ_H
#include "lacuna/base.h"
#endif
