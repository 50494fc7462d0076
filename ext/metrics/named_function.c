/* Looks up functions by their SQL names. */
#include "metrics/named_function.h"

#include "base/dirty_text.h"

/* As SQL compares names. */
static bool same_name(const char *a, const char *b) {
  while (*a && mlm_lower(*a) == mlm_lower(*b)) a++, b++;
  return mlm_lower(*a) == mlm_lower(*b);
}

/* What follows the prefix in a name that begins with it, in any case of letters; else NULL. */
static const char *after_prefix(const char *name, const char *prefix) {
  while (*prefix && mlm_lower(*name) == mlm_lower(*prefix)) name++, prefix++;
  return *prefix ? NULL : name;
}

static bool find_in(const Family *family, const char *name, NamedFunction *found) {
  for (const Metric *m = family->metrics; m && m->name; m++) {
    const char *suffix = after_prefix(name, m->name);
    for (const Form *form = mlm_forms; suffix && form->suffix; form++)
      if (same_name(suffix, form->suffix) && mlm_form_applies(form, m)) {
        *found = (NamedFunction){.metric = m, .form = form};
        return true;
      }
  }
  for (const Scalar *s = family->scalars; s && s->name; s++)
    if (same_name(name, s->name)) {
      *found = (NamedFunction){.scalar = s};
      return true;
    }
  for (const TableFunction *t = family->tables; t && t->name; t++)
    if (same_name(name, t->name)) {
      *found = (NamedFunction){.table = t};
      return true;
    }
  return false;
}

bool mlm_find_function(const char *name, NamedFunction *found) {
  for (const Family *const *family = mlm_families; *family; family++)
    if (find_in(*family, name, found)) return true;
  return false;
}
