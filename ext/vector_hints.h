/* Hints for vectors: texts that are nearly one, numbers in place of one, and vectors in the wrong place. */
#ifndef MLM_VECTOR_HINTS_H
#define MLM_VECTOR_HINTS_H

#include "message.h"

/* For a text that is not an array but looks like a list of numbers: how an array is written. False: nothing
 * was said. */
bool mlm_hint_array(Message *to, const char *text, size_t n);
/* The same where the function takes vectors; for numbers that commas separate, how they become an array. */
bool mlm_hint_brackets(Message *to, const char *name, const char *text, size_t n);
/* For an array with an element that is not a number. */
void mlm_hint_element(Message *to, const char *text);
/* For a number where a vector is needed. */
void mlm_hint_one_number(Message *to, const ArgSpec *spec);
/* For a vector of one entry, a logit or a probability: the function of one number for each row. */
void mlm_hint_one_entry(Message *to, bool logit);
/* For a vector in place of the index of a class, beside a vector of n scores: how a row has several labels.
 */
void mlm_hint_vector_class(Message *to, const ArgSpec *spec, size_t n);
/* For more arguments than a function takes: a vector is one of them, or the last is the k of another
 * function. */
void mlm_hint_too_many(Message *to);

#endif
