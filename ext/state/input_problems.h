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
 * of rows. A text is cut at MLM_EXAMPLE_BYTES between characters, a number behind three significant digits;
 * an ellipsis marks the cut. NULL, empty text and BLOBs have none.
 *
 * So that rows can be taken back, every example that is in is kept with its count: memory grows with the
 * texts that differ, while numbers, being cut, stay bounded. A saved state keeps one example a kind, for the
 * least of several unions is the least of their least; taken back from where it was merged, it takes that one
 * out. */
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

/* The example of each kind. Linear in those kept. */
void mlm_input_examples(const InputProblems *state, InputExample out[MLM_INPUT_PROBLEMS]);

/* {"rows":…,"clean":…,"problems":[{"kind":…,"rows":…,"example":…,"what":…,"advice":…},…]}: scores first. */
void mlm_write_input_problems(const InputProblems *state, StrBuf *out);

#endif
