/* The rules that every structure with struct_size keeps, tried on one. */

#ifndef LAC_TESTS_STRUCTURES_H
#define LAC_TESTS_STRUCTURES_H

#include "../check.h"

/* Calls the function under test with a structure; what it makes is destroyed again. */
typedef lac_status structure_call(void* structure);

/* Sizes below, at and above the structure's own; what follows it zero or not; an address between its elements.
 *   valid         [bytes] a structure that the call takes
 *   is_output     the call fills it, and so takes anything behind it, and sets that to zero */
void structure_rules(structure_call* call, const void* valid, uint32_t bytes, int is_output);

#endif
