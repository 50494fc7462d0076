/* The methods that the interval of a metric knows: see interval_methods.h. */
#include "interval_methods.h"

#include <stdio.h>

#include "metric.h"

static const Interval *interval_of(const char *function) {
  for (const Family *const *family = mlm_families; *family; family++)
    for (const Metric *m = (*family)->metrics; m && m->name; m++) {
      size_t n = strlen(m->name);
      if (m->interval && strncmp(function, m->name, n) == 0 && strcmp(function + n, "_ci") == 0)
        return m->interval;
    }
  return NULL;
}

const Source *source_of_method(const char *function, const char *name) {
  static char quoted[MLM_METHODS][NAME_BYTES];
  static Source source;
  const Interval *interval = strcmp(name, "method") == 0 ? interval_of(function) : NULL;
  if (!interval) return NULL;
  source = (Source){.name = "method", .finish = true};
  for (int i = 0; i < MLM_METHODS && interval->methods[i]; i++) {
    snprintf(quoted[i], sizeof quoted[i], "'%s'", interval->methods[i]);
    source.values[i] = quoted[i];
  }
  return &source;
}
