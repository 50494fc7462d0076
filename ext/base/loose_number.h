/* Numbers as people and spreadsheets write them: what to_number() reads.
 *
 * The rules, complete:
 *  1. Blanks around the text are left out (see dirty_text.h). A text without anything else, or a word for a
 * missing value, is LOOSE_MISSING.
 *  2. A plain decimal number (see mlm_parse_number) is itself, sign and exponent included, however long.
 *  3. The words inf, infinity and the sign U+221E, in any case, with or without a sign: ±Infinity.
 *  4. Before the number may stand one sign: -, + or U+2212. An exponent's minus may be U+2212 too.
 *  5. One currency sign, $ £ ¥ or any of U+20A0..U+20CF (€ ₹ …), may stand before the number, before or after
 *     its sign, or after the number, blanks between them allowed. Codes (USD, CHF) and the cent sign, which
 *     means a hundredth, are not read.
 *  6. A percent sign may stand after the number, blanks between them allowed: the number is divided by 100
 *     as a decimal, so '58.45%' is the double nearest to 0.5845. Percent and currency exclude each other.
 *  7. Parentheses around the number, as accountants write them, make it negative: '(12.50)', '($12.50)',
 *     '$(12.50)', '(5%)'. With a sign beside them it is not a number.
 *  8. Digits before the decimal mark may stand in groups: the first of one to three digits without a leading
 *     zero, all others of three; one mark throughout: comma, point, apostrophe (' or U+2019) or one of the
 * blanks space, U+00A0, U+2009, U+202F.
 *  9. Without an option, and without groups by apostrophe or blank:
 *     of comma and point, the last one is the decimal mark and the other groups ('1,234.5', '1.234,5');
 *     several of one kind group ('1,234,567', '1.234.567'); a lone point is the decimal mark;
 *     a lone comma is the decimal mark ('75,5%'). If it could also group by rule 8: LOOSE_AMBIGUOUS.
 *     So '1,500' is ambiguous; '0,500', '1234,500' and ',500' are not. '012,500' is, though it groups by no
 *     rule: programs that pad with zeros may group so.
 * 10. MARK_COMMA: the comma is the decimal mark and points group; MARK_POINT: the other way round. '0.53' is
 *     not a number under MARK_COMMA, nor '0,53' under MARK_POINT: a wrong option is not hidden.
 * 11. A digit must follow a decimal comma. A number with groups or a decimal comma has at most
 *     MLM_LOOSE_BYTES bytes.
 * 12. Anything else is LOOSE_NOT_A_NUMBER.
 */
#ifndef MLM_LOOSE_NUMBER_H
#define MLM_LOOSE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

enum { MLM_LOOSE_BYTES = 500 };

typedef enum DecimalMark { MARK_EITHER, MARK_COMMA, MARK_POINT } DecimalMark;

typedef enum LooseStatus { LOOSE_NUMBER, LOOSE_MISSING, LOOSE_AMBIGUOUS, LOOSE_NOT_A_NUMBER } LooseStatus;

/* Why a text is not a plain number. */
enum {
  LOOSE_PERCENT = 1,
  LOOSE_CURRENCY = 2,
  LOOSE_PARENTHESES = 4,
  LOOSE_GROUPS = 8,
  LOOSE_COMMA = 16, /* as the decimal mark */
  LOOSE_INFINITY = 32,
  LOOSE_BLANKS_OR_SIGN = 64 /* U+2212 or blanks beyond those of ASCII */
};

typedef struct LooseNumber {
  double value;    /* of LOOSE_NUMBER */
  unsigned dirt;   /* of LOOSE_NUMBER: LOOSE_PERCENT | …; 0: a plain number */
  double as_comma; /* of LOOSE_AMBIGUOUS: the value with MARK_COMMA, */
  double as_point; /* and with MARK_POINT; NaN: it is not a number then */
} LooseNumber;

/* Reads text[0..n); members of *number that the status does not name are 0. Linear time, no allocation. */
LooseStatus mlm_read_loose_number(const char *text, size_t n, DecimalMark mark, LooseNumber *number);

#endif
