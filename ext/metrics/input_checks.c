/* Checks of dirty columns: texts read as numbers and labels, and a count of what is wrong with a column. */
#include "metric.h"

/* Decoding has already read the text. */
static double read_value(const Row *row) { return row->pred; }

static const Metric metrics[] = {
    {.name = "input_problems",
     .args = {ARG_RAW_SCORE, ARG_RAW_LABEL},
     .required = 2,
     MLM_OF_INPUT_PROBLEMS,
     .result = RESULT_JSON,
     .summary = "JSON of everything that is wrong with two columns: rows, clean ones, and for each kind of "
                "problem its rows, an example, and what to write instead; no value is an error, and rows "
                "with a NULL are counted.",
     .example = "SELECT input_problems(column1, column2) FROM (VALUES (0.9, 1), ('58.45%', 'yes'), ('NA', "
                "0))"},
    {0},
};

static const Scalar scalars[] = {
    {.name = "to_number",
     .args = {ARG_DIRTY_NUMBER, ARG_MARK},
     .required = 1,
     .value = read_value,
     .summary = "The number that a text stands for: '58.45%' is 0.5845, '1,234.5' and '$12.50' are numbers, "
                "'', 'NA' and the like are NULL; mark 'comma' or 'point' says which is the decimal mark; "
                "anything else is an error. An INTEGER that no REAL holds is rounded.",
     .example = "SELECT to_number('58.45%')"},
    {.name = "to_label",
     .args = {ARG_DIRTY_LABEL},
     .required = 1,
     .value = read_value,
     .result = RESULT_INTEGER,
     .summary = "1 for true, yes, y, t, on, positive and 1, 0 for their opposites, in any case; NULL for '', "
                "'NA' and the like; anything else is an error.",
     .example = "SELECT to_label('yes')"},
    {0},
};

const Family mlm_input_checks = {.name = "input_checks", .metrics = metrics, .scalars = scalars};
