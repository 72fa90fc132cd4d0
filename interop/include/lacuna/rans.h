/* lacuna/rans.h */
#ifndef LAC_RANS_H
#define LAC_RANS_H
#include "lacuna/base.h"
#endif
