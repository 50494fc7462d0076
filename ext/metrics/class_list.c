/* Lists of classes: a JSON array that says which classes there are, and in which order. */
#include "metrics/class_list.h"

#include "base/sort_items.h"
#include "metrics/class_name.h"
#include "state/class_index.h"
#include "state/json_class.h"

/* ---- reading ---- */

/* Why a text is not a list of classes. */
typedef enum Fault { FAULT_NONE, FAULT_JSON, FAULT_NULL, FAULT_NESTED, FAULT_EMPTY, FAULT_TWICE } Fault;

static const char *const faults[] = {
    [FAULT_NONE] = "",
    [FAULT_JSON] = "; it is not a JSON array",
    [FAULT_NULL] = "; null is not a class, and rows with a NULL are left out",
    [FAULT_NESTED] = "; an array or object is not a class",
    [FAULT_EMPTY] = "; it names no class",
    [FAULT_TWICE] = "; it names a class twice",
};

/* Where the parts of the block are while it is filled. */
typedef struct Parts {
  ClassList *list;
  Class *class;
  uint32_t *sorted;
  char *text, *strings; /* strings: those that hold escapes, without them */
} Parts;

static Status make_parts(const char *text, size_t n, const Host *host, Parts *parts) {
  uint64_t most = 1;
  for (size_t i = 0; i < n; i++) most += text[i] == ',';
  /* unreachable: no text is so long */
  if (most > UINT32_MAX) return MLM_TOOBIG;
  char *block =
      host->realloc(NULL, sizeof(ClassList) + most * (sizeof(Class) + sizeof(uint32_t)) + 2 * n + 1);
  if (!block) return MLM_NOMEM;
  parts->list = (ClassList *)(void *)block;
  parts->class = (Class *)(void *)(block + sizeof(ClassList));
  parts->sorted = (uint32_t *)(void *)(parts->class + most);
  parts->text = (char *)(parts->sorted + most);
  parts->strings = parts->text + n + 1;
  /* unreachable: no text, which is no array */
  if (n) memcpy(parts->text, text, n);
  parts->text[n] = 0;
  *parts->list = (ClassList){.class = parts->class, .sorted = parts->sorted, .text = parts->text};
  return MLM_OK;
}

static Fault read_classes(Parts *parts, size_t n) {
  JsonReader reader = {.text = parts->text, .n = n};
  char *strings = parts->strings;
  ClassList *list = parts->list;
  for (;;) {
    JsonValue value = mlm_json_next(&reader);
    double x;
    switch (value.type) {
    case JSON_END: return list->n ? FAULT_NONE : FAULT_EMPTY;
    case JSON_NULL: return FAULT_NULL;
    case JSON_NESTED: return FAULT_NESTED;
    case JSON_NUMBER:
      if (!mlm_parse_number_text(value.text, value.n, &x)) return FAULT_JSON;
      break;
    case JSON_WRONG: return FAULT_JSON;
    default: break;
    }
    parts->sorted[list->n] = list->n;
    parts->class[list->n++] = mlm_class_of_json(&value, strings);
    strings += value.n;
  }
}

static void *sorted_at(const void *parts, uint64_t i) { return &((const Parts *)parts)->sorted[i]; }

static int compare(const void *parts, const void *a, const void *b) {
  const Class *class = ((const Parts *)parts)->class;
  return mlm_class_compare(&class[*(const uint32_t *)a], &class[*(const uint32_t *)b]);
}

static Status sort_classes(const Parts *parts, const Host *host, Fault *fault) {
  const SortItems items = {parts, sorted_at, compare, sizeof(uint32_t)};
  Status status = mlm_sort_items(&items, parts->list->n, host);
  for (uint32_t i = 1; !status && i < parts->list->n; i++)
    if (compare(parts, &parts->sorted[i - 1], &parts->sorted[i]) == 0) *fault = FAULT_TWICE;
  return status;
}

/* Reads a list into one new block, which the caller frees; *list is NULL where the text is wrong. */
static Status read_list(const char *text, size_t n, const Host *host, ClassList **list, Fault *fault) {
  Parts parts;
  Status status = make_parts(text, n, host, &parts);
  *list = NULL;
  if (status) return status;
  *fault = read_classes(&parts, n);
  if (*fault == FAULT_NONE) status = sort_classes(&parts, host, fault);
  if (!status && *fault == FAULT_NONE)
    *list = parts.list;
  else
    host->free(parts.list);
  return status;
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  ClassList *list;
  Fault fault;
  Status status = read_list(text, n, host, &list, &fault);
  *object = list;
  return status;
}

static const char *text_of(const void *object) { return ((const ClassList *)object)->text; }

static bool same(const void *object, const char *text, size_t n) {
  return strlen(text_of(object)) == n && memcmp(text_of(object), text, n) == 0;
}

static void list_of(StrBuf *out) {
  mlm_str_put(out, "a JSON array of distinct classes, such as '[1,2,3]' or '[\"cat\",\"dog\"]'");
}

static void hint(const char *text, size_t n, StrBuf *out) {
  ClassList *list;
  Fault fault = FAULT_NONE;
  Status status = read_list(text, n, out->host, &list, &fault);
  if (status) out->status = status;
  out->host->free(list);
  mlm_str_put(out, faults[fault]);
}

const TextParser mlm_class_list_parser = {
    .parse = parse, .same = same, .text = text_of, .list = list_of, .hint = hint};

/* ---- views ---- */

/* The place of a class; list->n: it is not in the list. */
static uint32_t place_of(const ClassList *list, const Class *class) {
  uint32_t from = 0, to = list->n;
  while (from < to) {
    uint32_t middle = from + (to - from) / 2;
    int order = mlm_class_compare(&list->class[list->sorted[middle]], class);
    if (order == 0) return list->sorted[middle];
    if (order < 0)
      from = middle + 1;
    else
      to = middle;
  }
  return list->n;
}

static void refuse(const Class *class, Result *out) {
  StrBuf *name = mlm_result_bytes(out, RESULT_TEXT);
  mlm_put_class_name(name, class);
}

/* Whether the list has every class of the matrix. */
static Status check_classes(const ClassView *view, Result *out) {
  ClassTotals totals;
  for (uint64_t cursor = 0; mlm_confusion_matrix_next_class(view->matrix, &cursor, &totals);)
    if (place_of(view->list, &totals.name) == view->list->n) {
      refuse(&totals.name, out);
      return MLM_UNLISTED;
    }
  return MLM_OK;
}

static Status find_places(ClassView *view) {
  uint32_t classes = (uint32_t)mlm_confusion_matrix_classes(view->matrix);
  view->rank = mlm_new_zeroed(view->host, (uint64_t)view->list->n * sizeof *view->rank);
  view->place = view->host->realloc(NULL, ((uint64_t)classes + 1) * sizeof *view->place);
  if (!view->rank || !view->place) {
    mlm_class_view_end(view);
    return MLM_NOMEM;
  }
  for (uint32_t rank = 0; rank < classes; rank++) {
    ClassTotals totals;
    mlm_confusion_matrix_class(view->matrix, rank, &totals);
    view->place[rank] = place_of(view->list, &totals.name);
    view->rank[view->place[rank]] = rank + 1;
  }
  return MLM_OK;
}

static const ClassList *list_given(const Eval *in) {
  return in->params->given >> MLM_PARAMS & 1 ? in->params->parsed : NULL;
}

Status mlm_class_view_begin(ClassView *view, const ConfusionMatrix *matrix, bool ordered, const Eval *in,
                            Result *out) {
  *view = (ClassView){.matrix = matrix, .params = in->params, .list = list_given(in), .host = in->host};
  view->n = view->list ? view->list->n : mlm_confusion_matrix_classes(matrix);
  if (!view->list) return MLM_OK;
  Status status = check_classes(view, out);
  return status || !ordered ? status : find_places(view);
}

void mlm_class_view_end(ClassView *view) {
  if (!view->list) return;
  view->host->free(view->rank);
  view->host->free(view->place);
}

void mlm_class_view_at(const ClassView *view, size_t place, ClassTotals *totals) {
  static const WeightSum none = {0};
  if (!view->list)
    mlm_confusion_matrix_class(view->matrix, place, totals);
  else if (view->rank[place])
    mlm_confusion_matrix_class(view->matrix, view->rank[place] - 1, totals);
  else
    *totals =
        (ClassTotals){.name = view->list->class[place], .predicted = &none, .labelled = &none, .hits = &none};
}

bool mlm_class_view_next_pair(const ClassView *view, uint64_t *cursor, PairTotal *pair) {
  if (!mlm_confusion_matrix_next_pair(view->matrix, cursor, pair)) return false;
  if (!view->list) return true;
  pair->pred = view->place[pair->pred];
  pair->label = view->place[pair->label];
  return true;
}

double mlm_class_view_pair(const ClassView *view, size_t pred, size_t label) {
  if (!view->list) return mlm_confusion_matrix_pair(view->matrix, pred, label);
  if (!view->rank[pred] || !view->rank[label]) return 0;
  return mlm_confusion_matrix_pair(view->matrix, view->rank[pred] - 1, view->rank[label] - 1);
}
