/* Every way in which a handle can be none of its type, tried on one call. */

#ifndef LAC_TESTS_HANDLES_H
#define LAC_TESTS_HANDLES_H

#include "../check.h"
#include "lacuna/lacuna.h"

typedef enum { HANDLE_DECODER, HANDLE_ENCODER, HANDLE_MODEL } handle_type;

/* Calls the function under test with this handle. */
typedef lac_status handle_call(void* handle);

/* Refused are: addresses of all kinds, numbers, a destroyed handle, live handles of other types, and null.
 *   type          of the handles that the call takes
 *   null_is_fine  not refused: null, as destroy functions take it */
void handle_rules(handle_type type, handle_call* call, int null_is_fine);

#endif
