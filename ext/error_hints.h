/* Hints appended to error messages: what to type instead. */
#ifndef MLM_ERROR_HINTS_H
#define MLM_ERROR_HINTS_H

#include "message.h"

/* For a value outside [0,1] where a probability is expected: probably a logit, a percentage, or rounded
 * above 1.
 */
void mlm_hint_logits(Message *to, const char *name, double x, bool vector);
/* The caller may have passed the weight in a parameter's place. Not for states: they already contain weights.
 */
void mlm_hint_weight(Message *to);
/* For a parameter in which saved states differ, if it may be left out where they are saved. */
void mlm_hint_unsaved(Message *to, const ArgSpec *spec);
/* For a parameter that differs from the one kept so far: of saved states mlm_hint_unsaved(), else
 * mlm_hint_weight(), unless the new value cannot be a weight. */
void mlm_hint_changed(Message *to, const ArgSpec *spec, bool may_be_weight);
/* For a number outside the range of the argument; pred is the row's prediction, for labels alone. */
void mlm_hint_number(Message *to, const ArgSpec *spec, sqlite3_value *value, double x, const double *pred);
/* For a saved state that a function cannot read: which functions save the two, where their names are not
 * those of functions. */
void mlm_hint_wrong_state(Message *to, const char *got, const char *needed);
/* For a saved state in the place of a value of the row: how a function that can read it takes it. */
void mlm_hint_state_place(Message *to, sqlite3_value *value);
/* A call with a saved state, "f1_at(state, cutoff)": `after` are the arguments behind the state. */
void mlm_put_state_call(Message *to, const Overload *after);
/* For a second saved set where a function compares two samples: how the two become its samples. False: it is
 * another call. */
bool mlm_hint_two_sets(Message *to);
/* For arguments behind a saved state, of which the overload `after` takes no cutoff although the function
 * does.
 */
void mlm_hint_decided(Message *to, const Overload *after);
/* For a class that is no index of the vector: that k may stand in its place, or, by what its text is, what
 * makes it an index or NULL. */
void mlm_hint_index(Message *to, const ArgSpec *spec, sqlite3_value *value);
/* For a text that is none of an argument's choices: the one to take for it. False: nothing is known. */
bool mlm_hint_other_choice(Message *to, const ArgSpec *spec, sqlite3_value *value);
/* For an option of other libraries in the place of the weight, such as 'macro': the function that has it.
 * False: there is none. */
bool mlm_hint_option(Message *to, const char *text);
/* What a text that is parsed may be. */
void mlm_put_list(Message *to, const TextParser *parser);
/* For such a text that is wrong: what is wrong with it. */
void mlm_hint_parsed(Message *to, const TextParser *parser, const char *text, size_t n);
/* For a method that the interval of a metric of a saved set does not have: how such a set is resampled. */
void mlm_hint_resampling(Message *to, sqlite3_value *value);
/* For a text that is not a number. */
void mlm_hint_text(Message *to, const ArgSpec *spec, sqlite3_value *value);

#endif
