/* Words for the two labels. */
#include "base/label_word.h"

#include "base/number.h"
#include "base/dirty_text.h"

LabelWord mlm_read_label(const char *text, size_t n) {
  static const char *const ones[] = {"true", "t", "yes", "y", "on", "positive", "pos", NULL};
  static const char *const zeros[] = {"false", "f", "no", "n", "off", "negative", "neg", NULL};
  double x;
  text = mlm_trim(text, &n);
  if (mlm_is_missing_word(text, n)) return LABEL_MISSING;
  if (mlm_is_one_of(ones, text, n)) return LABEL_ONE;
  if (mlm_is_one_of(zeros, text, n)) return LABEL_ZERO;
  if (!mlm_parse_number_text(text, n, &x) || (x != 0 && x != 1)) return LABEL_NONE;
  return x == 1 ? LABEL_ONE : LABEL_ZERO;
}
