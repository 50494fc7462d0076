/* Saved states: opened, checked, loaded. */
#ifndef MLM_LOAD_STATE_H
#define MLM_LOAD_STATE_H

#include "errors.h"

/* A saved state, opened: the reader stands at the parameters, which mlm_skip_params() or
 * ext/state_params.h read, then at the payload. */
typedef struct SavedState {
  Reader in;
  char name[MLM_STATE_NAME_BYTES]; /* of what is remembered */
  double cutoff;                   /* of all its rows, once its parameters were read; NaN: unknown */
} SavedState;

/* Opens the saved state in an argument; false: the error is set. */
bool mlm_open_saved(const Call *call, int arg, SavedState *saved);

/* Whether a saved state (mlm_is_saved_state()) has this name; the rest of it is not checked. */
bool mlm_is_state_named(sqlite3_value *value, const char *name);

/* A parameter that a saved state holds. */
typedef struct SavedParam {
  const ArgSpec *spec; /* of an argument of this name that may have this value */
  bool conflict;       /* merged states differ in it */
  double number;       /* where text is NULL: of a SHAPE_PARAMETER, or the cutoff of all rows */
  const char *text;    /* otherwise: text_n bytes in the reader's memory */
  size_t text_n;
} SavedParam;

/* How many parameters follow. */
uint64_t mlm_count_params(SavedState *saved);
/* Reads the next; false: these bytes are not a parameter that was saved. */
bool mlm_next_param(SavedState *saved, SavedParam *param);
/* Passes over all parameters; false: the error is set. */
bool mlm_skip_params(const Call *call, SavedState *saved);

/* The payload, loaded and sealed, its scores within the range of spec, in memory of its own, to be given to
 * mlm_drop_state(). NULL: the error is set. */
void *mlm_load_sealed(const Call *call, const StateType *type, const ArgSpec *spec, SavedState *saved,
                      const Host *host);
void mlm_drop_state(const StateType *type, void *state, const Host *host);

/* The saved set in an argument of shape SHAPE_STATE; false: the error is set. */
bool mlm_open_set(const Call *call, int arg, const ArgSpec *spec, OpenSet *set, const Host *host);
void mlm_close_sets(Row *row, const Host *host);

#endif
