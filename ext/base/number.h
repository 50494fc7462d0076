/* Numbers and arrays of numbers in text, read and written: correctly rounded, in every locale and rounding
 * mode. */
#ifndef MLM_NUMBER_H
#define MLM_NUMBER_H

#include "base/json_array.h"
#include "base/number_parse.h"
#include "base/number_print.h"

#endif
