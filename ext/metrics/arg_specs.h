/* What every kind of argument is: its name, how it is read, its range, role and default. */
#ifndef MLM_ARG_SPECS_H
#define MLM_ARG_SPECS_H

#include "metric.h"

/* How an argument is read. The order matters: up to SHAPE_LABEL plain numbers that go to a double of the Row.
 */
typedef enum ArgShape {
  SHAPE_NONE = 0,
  SHAPE_NUMBER,
  SHAPE_WEIGHT,
  SHAPE_LABEL,
  SHAPE_PARAMETER, /* a number that is not part of the row; with a parser it may be a text, and the number is
                      then 0 */
  SHAPE_CHOICE,    /* one of a list of texts */
  SHAPE_PARSED,    /* a text with its own parser */
  SHAPE_INDEX,
  SHAPE_CLASS,
  SHAPE_VALUES,       /* the text of a JSON array of any values */
  SHAPE_KEY_NUMBERS,  /* a class as two numbers of the row (state/class_key.h) */
  SHAPE_DATE_NUMBERS, /* a number, or the text of a date as days since 1970; then whether it is a date: 0 or 1
                       */
  SHAPE_KEY,          /* any value, and NULL is one more */
  SHAPE_ELEMENT,      /* any value but a BLOB, NULL too, as a class whose REAL may be integral */
  SHAPE_BYTES,        /* a BLOB, as a class */
  SHAPE_RAW,          /* any value, NULL too, as a class whose text is not read */
  SHAPE_DIRTY_NUMBER,
  SHAPE_DIRTY_LABEL,
  SHAPE_STATE,
  SHAPE_VECTOR,
  SHAPE_VARIADIC,
  SHAPE_F64_BLOB,
  SHAPE_NUMBER_OR_VECTOR,
  SHAPE_INDEX_OR_VECTOR
} ArgShape;

typedef enum ArgRole {
  ROLE_ROW,   /* may differ from row to row */
  ROLE_STATE, /* the same in every row, and part of the saved state */
  ROLE_FINAL  /* the same in every row, needed at the end: a reader of the saved state may give another one */
} ArgRole;

/* What the message about a wrong value suggests. */
typedef enum Hint {
  HINT_NONE = 0,
  HINT_PROBABILITY, /* perhaps a logit, or a percentage */
  HINT_PERCENTAGE,  /* perhaps a percentage */
  HINT_LABEL,       /* perhaps swapped with the score, or more than two classes */
  HINT_GROUP,       /* perhaps swapped with the number, or more than two groups */
  HINT_DECISION,    /* perhaps a score, or one of more than two classes */
  HINT_WEIGHT       /* perhaps meant as the weight */
} Hint;

/* What the entries of a vector add up to. */
typedef enum EntrySum {
  SUM_ANY = 0,
  SUM_USUALLY_ONE, /* a distribution, usually: not checked, but float64 is recognised by it */
  SUM_ONE          /* a distribution, else an error */
} EntrySum;

/* Which column of a score set can replace the argument. */
typedef enum SetColumn { SET_NONE = 0, SET_SCORE, SET_LABEL } SetColumn;

/* Reads the text of an argument. */
typedef struct TextParser {
  /* Parses into one new block of the host's memory; *object stays NULL where the text is wrong. */
  Status (*parse)(const char *text, size_t n, const Host *host, void **object);
  bool (*same)(const void *object, const char *text, size_t n); /* whether a text says what was parsed */
  const char *(*text)(const void *object);                      /* as it was written */
  /* The ends of the message about a wrong text; NULL where no text is wrong. */
  void (*list)(StrBuf *out);                             /* what it may be: "one of 'f1', …" */
  void (*hint)(const char *text, size_t n, StrBuf *out); /* the end of the sentence about a wrong one */
} TextParser;

typedef struct ArgSpec {
  const char *name; /* in messages and hidden columns */
  ArgShape shape;
  ArgRole role;
  uint32_t slot; /* the offset in Row of what is not a plain number; or the index in Params.number */
  double lo, hi;
  const char *must;           /* "score must be …" */
  const char *shown;          /* in signatures; NULL: the name, and "=default" where there is one */
  double fallback;            /* the default of a parameter; NaN: none */
  const char *fallback_text;  /* of a parsed text or a choice, as the signature shows it; NULL: none */
  const char *const *choices; /* of SHAPE_CHOICE, ends with NULL; the first is the default */
  const TextParser *parser;   /* of SHAPE_PARSED; of a SHAPE_PARAMETER that may be a text */
  const StateType *state;     /* of SHAPE_STATE; NULL: any */
  const char *state_name;     /* of SHAPE_STATE; NULL: any */
  bool allows_null;           /* of numbers: NULL does not leave the row out; it is NaN */
  bool integral;              /* of numbers: no fraction */
  bool skippable;             /* a text that may be left out before further arguments: known by its type, */
  char opens;                 /* and by its first character; 0: by not being a number */
  Hint hint;
  EntrySum sum; /* of vectors */
  SetColumn set_column;
} ArgSpec;

extern const ArgSpec mlm_arg_specs[ARG_KINDS];

/* Writes the argument as signatures show it. */
void mlm_arg_show(ArgKind kind, StrBuf *out);

/* Whether the argument allows the number: it is within the range, and integral where it must be. NaN is
 * not. */
static inline bool mlm_arg_allows(const ArgSpec *spec, double x) {
  if (spec->shape == SHAPE_LABEL) return x == 0 || x == 1;
  return x >= spec->lo && x <= spec->hi && (!spec->integral || x == (double)(int64_t)x);
}

/* Whether the argument allows the class: any, or only 0 and 1 where that is its range. */
static inline bool mlm_arg_allows_class(const ArgSpec *spec, const Class *class) {
  return spec->lo == spec->hi || (class->type == CLASS_INTEGER && (class->integer | 1) == 1);
}

/* Whether the argument is a number of the row that goes to the next place in Row.x[]. */
static inline bool mlm_arg_is_numbered(const ArgSpec *spec) {
  return spec->shape == SHAPE_NUMBER || spec->shape == SHAPE_LABEL;
}

/* Whether the argument may be a packed column, a row for each element: it is then a value of the row. */
static inline bool mlm_arg_is_packable(const ArgSpec *spec) {
  switch (spec->shape) {
  case SHAPE_NUMBER:
  case SHAPE_WEIGHT:
  case SHAPE_LABEL:
  case SHAPE_INDEX:
  case SHAPE_CLASS:
  case SHAPE_KEY_NUMBERS:
  case SHAPE_DATE_NUMBERS:
  case SHAPE_KEY:
  case SHAPE_RAW:
  case SHAPE_DIRTY_NUMBER:
  case SHAPE_DIRTY_LABEL:
  case SHAPE_VARIADIC:
  case SHAPE_NUMBER_OR_VECTOR:
  case SHAPE_INDEX_OR_VECTOR: return true;
  default: return false;
  }
}

/* Whether the argument is a cutoff, which may differ from row to row. */
static inline bool mlm_arg_is_cutoff(ArgKind kind) { return kind == ARG_CUTOFF || kind == ARG_PROB_CUTOFF; }

/* The place of the cutoff among the arguments, from 1; 0: there is none. */
static inline int mlm_cutoff_place(const ArgKind *args) {
  for (int i = 0; args[i]; i++)
    if (mlm_arg_is_cutoff(args[i])) return i + 1;
  return 0;
}

/* How many numbers in Row.x[] the argument takes. */
static inline uint32_t mlm_arg_columns(const ArgSpec *spec) {
  bool two = spec->shape == SHAPE_KEY_NUMBERS || spec->shape == SHAPE_DATE_NUMBERS;
  return two ? 2 : mlm_arg_is_numbered(spec);
}

/* The place in Row.x[] of argument i of a signature. */
static inline uint32_t mlm_arg_place(const ArgKind *args, int i) {
  uint32_t place = 0;
  for (int a = 0; a < i; a++) place += mlm_arg_columns(&mlm_arg_specs[args[a]]);
  return place;
}

/* Whether a parameter that was given is a text that was parsed: it is in Params.parsed. */
static inline bool mlm_param_is_parsed(const ArgSpec *spec, const Params *params) {
  return spec->shape == SHAPE_PARSED || (spec->parser && params->number[spec->slot] == 0);
}

int mlm_count_args(const ArgKind *args);

/* Fills in the default of every parameter of a signature that was not given. */
void mlm_params_defaults(const ArgKind *args, Params *params);

#endif
