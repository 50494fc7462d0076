/* Words of dirty columns: the blanks around a value, names of columns, and the one list of words that say a
 * value is missing. */
#ifndef MLM_DIRTY_TEXT_H
#define MLM_DIRTY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Removes the blanks around text[0..*n): returns where the rest begins, and its length in *n. Blanks are
 * those of ASCII, no-break spaces (U+00A0, U+2007, U+202F), the thin space (U+2009) and a byte order mark. */
const char *mlm_trim(const char *text, size_t *n);
const char *mlm_trim_front(const char *text, size_t *n);
void mlm_trim_back(const char *text, size_t *n);

/* The lower case of an ASCII letter; any other byte as it is. */
static inline char mlm_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

/* Whether text[0..n) is one of the words, which are lower case and end with NULL; ASCII letters compare
 * without case. */
bool mlm_is_one_of(const char *const words[], const char *text, size_t n);

/* Whether text[0..n) is a name as SQL writes one without quotes: letters, digits and underscores of ASCII. */
bool mlm_is_plain_name(const char *text, size_t n);

/* Whether text[0..n) is one such name, or several with a blank between each two. */
bool mlm_is_words(const char *text, size_t n);

/* Whether text[0..n), without the blanks around it, says that there is no value: nothing at all, NA, N/A,
 * NaN, null, none, '-', '?' and their like, in any case; what pandas, R, SAS, MySQL and spreadsheets write.
 * Errors of a spreadsheet (#DIV/0!, #REF!) and words that may be a class (unknown, other) are not missing. */
bool mlm_is_missing_word(const char *text, size_t n);

#endif
