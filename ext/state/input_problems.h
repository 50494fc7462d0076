/* Counts of what is wrong with scores and labels, and an example of each kind. */
#ifndef MLM_INPUT_PROBLEMS_H
#define MLM_INPUT_PROBLEMS_H

#include "base/input_problem.h"
#include "base/strbuf.h"
#include "state/class_index.h"
#include "state/state.h"

enum { MLM_EXAMPLE_BYTES = 40 }; /* of a text, before the ellipsis that says it was cut */

/* A row's pred_class and target_class are its score and label as they came: text unread, CLASS_NULL for NULL.
 *
 * The example of a kind is the shortest of its values, of those the least byte by byte: the same in any order
 * of rows. A text is cut at MLM_EXAMPLE_BYTES between characters, a number after three significant digits or,
 * so that 1.0000001 does not look like 1, after the second that is not 0; an ellipsis marks the cut. NULL,
 * empty text and BLOBs have none.
 *
 * So that rows can be taken back, every distinct example is kept with its count: memory grows with the number
 * of distinct texts, while numbers, being cut, are few. A saved state keeps one example per kind: the least
 * of a union is the least of its parts. Subtracting it from a state that it was merged into removes that
 * one. */
typedef struct InputProblems {
  int64_t rows;
  int64_t clean; /* rows without any problem */
  int64_t count[MLM_INPUT_PROBLEMS];
  ClassIndex examples; /* key: a BLOB of kind, length and text; its count is in `predicted` */
} InputProblems;

typedef struct InputExample {
  const char *bytes; /* NULL: none; owned by the state */
  size_t n;
} InputExample;

/* The example of each kind. Takes time linear in the number of examples kept. */
void mlm_input_examples(const InputProblems *state, InputExample out[MLM_INPUT_PROBLEMS]);

/* {"rows":…,"clean":…,"problems":[{"kind":…,"rows":…,"example":…,"what":…,"advice":…},…]}: the problems
 * of scores first, of each side in the order of their numbers. */
void mlm_write_input_problems(const InputProblems *state, StrBuf *out);

#endif
