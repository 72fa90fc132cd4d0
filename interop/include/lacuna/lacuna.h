/* lacuna/lacuna.h - all of the library. */

#ifndef LAC_LACUNA_H
#define LAC_LACUNA_H

#include "lacuna/base.h"
#include "lacuna/image.h"

#endif
