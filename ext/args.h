/* Decodes SQL arguments into a checked Row and parameters. */
#ifndef MLM_ARGS_H
#define MLM_ARGS_H

#include "row_fault.h"

/* Chooses the overload that fits the first argument (numbers or a vector) and the number of arguments; false:
 * none does, and the error is set. */
bool mlm_select_overload(Call *call);

/* Decodes the arguments of the overload chosen. Vectors live until the next call on this connection; saved
 * states go to row->sets, to be closed with mlm_close_sets(). */
DecodeStatus mlm_decode(Call *call, Row *row, ParamStore *store);

/* Whether the row passes the check, which may be NULL; otherwise the error is set. */
bool mlm_check_row(const Call *call, RowCheck *check, const Row *row);

/* What a merging call takes after a state: final parameters, none of them required, since the state may hold
 * them; where a score set stands for rows, also what a row needs besides score and label: the cutoff,
 * parameters of the state. */
void mlm_after_state(const FunctionDef *function, int overload, bool set, Overload *after);
/* Decodes these from argv[1] on. */
DecodeStatus mlm_decode_after_state(Call *call, const Overload *after, Row *row, ParamStore *store);

typedef enum KeepStatus {
  KEEP_OK,
  KEEP_ERROR, /* it differs from the one given before, or memory ran out: the error is set */
  KEEP_WRONG  /* the argument does not allow the text; no error is set */
} KeepStatus;

/* Sets a parameter, or compares it with the one that was given before. */
KeepStatus mlm_keep_number(const Call *call, const ArgSpec *spec, double x, ParamStore *store);
KeepStatus mlm_keep_text(const Call *call, const ArgSpec *spec, const char *text, size_t n,
                         ParamStore *store);

/* Whether every parameter that is needed at the end was given; false: the error is set. */
bool mlm_params_complete(const Call *call, const Overload *overload, const ParamStore *store);

/* Whether a weight was given. */
static inline bool mlm_has_weight(const Call *call) {
  bool found = false;
  for (int i = 0; i < call->argc && call->args[i]; i++)
    found |= mlm_arg_specs[call->args[i]].shape == SHAPE_WEIGHT;
  return found;
}

/* Precomputes the fast-path descriptors: fast_args, ranged, fast. */
void mlm_set_fast_args(FunctionDef *function);

/* Bit of a parameter in Params.given. */
static inline uint32_t mlm_param_bit(const ArgSpec *spec) {
  return 1u << (spec->shape == SHAPE_PARSED ? MLM_PARAMS : spec->slot);
}

#endif
