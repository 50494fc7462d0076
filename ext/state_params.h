/* The parameters that a saved state holds: a block between its header and its payload.
 *
 * A varint says how many; each is its name (u8 length, bytes), then u8 0 and a double, or u8 1 and a text
 * (varint length, bytes), or u8 2 where merged states differ. Parameters of the state are always written;
 * final ones where the call that saved gave them; last the cutoff, where all rows had the same; sets write
 * none.
 */
#ifndef MLM_STATE_PARAMS_H
#define MLM_STATE_PARAMS_H

#include "args.h"
#include "load_state.h"

/* Reads those that the function has into the store, and the cutoff into `saved`, and passes over the others.
 * Where the function saves states, final parameters that differ become conflicts. False: the error is set. */
bool mlm_read_params(const Call *call, SavedState *saved, ParamStore *store);

/* Lists the parameters of all overloads, each once: they read each other's states. Returns how many. */
int mlm_params_of(const FunctionDef *function, const ArgSpec *list[MLM_PARAMS + 1]);

void mlm_write_params(const FunctionDef *function, const ParamStore *store, Writer *out);

#endif
