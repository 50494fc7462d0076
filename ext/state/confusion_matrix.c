/* The confusion matrix: a sparse table of exact cells over an index of classes. */
#include "state/confusion_matrix.h"

#include <math.h>
#include <string.h>

#include "base/compiler.h"
#include "base/hash_table.h"
#include "base/label_word.h"
#include "base/sort.h"
#include "state/class_index.h"

enum { FIRST_CELLS = 8, POLL_CELLS = 1 << 14 /* cells between two polls for an interrupt */ };

typedef struct Cell {
  uint32_t pred, label; /* slots */
  WeightSum weight;     /* zero: the place is empty */
} Cell;

struct ConfusionMatrix {
  ClassIndex classes;
  Cell *cells;         /* hash table by pair */
  uint64_t mask, used; /* length of cells[] less 1; pairs that occur */
  WeightSum hits, misses;
  int64_t rows, left_out;
  /* Of predicted classes and of true ones: */
  uint32_t fractions[2]; /* how many are numbers that are not integers */
  uint32_t not_whole[2]; /* how many are anything but integers */
  uint32_t between[2];   /* how many are strictly between 0 and 1 */
  uint32_t *order;       /* slots by rank, as of the last seal() */
  bool reordered;        /* a class was added or removed since */
};

static uint64_t hash_of(const ConfusionMatrix *tab, uint32_t pred, uint32_t label) {
  return mlm_hash_mix(tab->classes.seed, (uint64_t)pred << 32 | label);
}

static bool search_ends(const void *table, uint64_t place, const void *key) {
  const Cell *cell = (const Cell *)table + place, *wanted = key;
  return mlm_weight_sum_is_zero(&cell->weight)
         || (cell->pred == wanted->pred && cell->label == wanted->label);
}

/* The place of the cell, or the empty one where it belongs. */
static uint64_t place_of(const ConfusionMatrix *tab, uint32_t pred, uint32_t label) {
  const Cell key = {.pred = pred, .label = label};
  return mlm_hash_find(tab->cells, tab->mask, hash_of(tab, pred, label), &key, search_ends);
}

static Status resize_cells(ConfusionMatrix *tab, uint64_t length, const Host *host) {
  Cell *old = tab->cells;
  /* unreachable: where addresses have 64 bits */
  if (length > SIZE_MAX / sizeof(Cell)) return MLM_NOMEM; /* possible only where addresses have 32 bits */
  Cell *cells = host->realloc(NULL, length * sizeof *cells);
  if (!cells) return MLM_NOMEM;
  memset(cells, 0, (size_t)length * sizeof *cells);
  uint64_t before = old ? tab->mask + 1 : 0;
  tab->cells = cells;
  tab->mask = length - 1;
  for (uint64_t i = 0; i < before; i++)
    if (!mlm_weight_sum_is_zero(&old[i].weight)) cells[place_of(tab, old[i].pred, old[i].label)] = old[i];
  host->free(old);
  return MLM_OK;
}

/* Keeps a quarter of the cells empty. */
static Status make_cell(ConfusionMatrix *tab, const Host *host) {
  if (!tab->cells) return resize_cells(tab, FIRST_CELLS, host);
  uint64_t length = tab->mask + 1;
  return (tab->used + 1) * 4 <= length * 3 ? MLM_OK : resize_cells(tab, length * 2, host);
}

static bool hash_at(const void *table, uint64_t place, uint64_t *hash) {
  const ConfusionMatrix *tab = table;
  const Cell *cell = &tab->cells[place];
  if (mlm_weight_sum_is_zero(&cell->weight)) return false;
  *hash = hash_of(tab, cell->pred, cell->label);
  return true;
}

static void move_cell(void *table, uint64_t to, uint64_t from) {
  ConfusionMatrix *tab = table;
  tab->cells[to] = tab->cells[from];
}

static bool is_unused(const ClassSlot *slot) {
  return mlm_weight_sum_is_zero(&slot->predicted) && mlm_weight_sum_is_zero(&slot->labelled);
}

static void drop_if_unused(ConfusionMatrix *tab, uint32_t slot, const Host *host) {
  if (!tab->classes.slots[slot].taken || !is_unused(&tab->classes.slots[slot])) return;
  mlm_class_remove(&tab->classes, slot, host);
  tab->reordered = true;
}

static Status add_to_cell(ConfusionMatrix *tab, uint32_t pred, uint32_t label, const WeightSum *weight,
                          int sign, const Host *host) {
  Status status = make_cell(tab, host);
  if (status) return status;
  uint64_t at = place_of(tab, pred, label);
  Cell *cell = &tab->cells[at];
  bool fresh = mlm_weight_sum_is_zero(&cell->weight);
  cell->pred = pred;
  cell->label = label;
  status = mlm_weight_sum_add(&cell->weight, weight, sign, host);
  if (status) return status;
  tab->used += fresh;
  if (!mlm_weight_sum_is_zero(&cell->weight)) return MLM_OK;
  tab->cells[mlm_hash_close_gap(tab, tab->mask, at, hash_at, move_cell)] = (Cell){0};
  tab->used--;
  return MLM_OK;
}

/* Counts a class on one side, 0 of predictions or 1 of labels, if it has rows there. */
static void count_kind(ConfusionMatrix *tab, int side, const Class *name, const WeightSum *rows, int sign) {
  if (mlm_class_is_whole(name) || mlm_weight_sum_is_zero(rows)) return;
  tab->not_whole[side] += (uint32_t)sign;
  if (mlm_class_is_fraction(name)) tab->fractions[side] += (uint32_t)sign;
  if (name->type == CLASS_REAL && name->real > 0 && name->real < 1) tab->between[side] += (uint32_t)sign;
}

/* Removes this prediction and label from the counts behind find_score() before their rows change (sign -1),
 * and adds them again afterwards (+1). */
static void count_kinds(ConfusionMatrix *tab, uint32_t pred, uint32_t label, int sign) {
  const ClassSlot *slots = tab->classes.slots;
  count_kind(tab, 0, &slots[pred].name, &slots[pred].predicted, sign);
  count_kind(tab, 1, &slots[label].name, &slots[label].labelled, sign);
}

/* Adds rows with this prediction and label, or takes them back. */
static Status add_pair(ConfusionMatrix *tab, uint32_t pred, uint32_t label, const WeightSum *weight, int sign,
                       const Host *host) {
  int64_t count = weight->count, fractional = mlm_weight_sum_fractional_rows(weight),
          room = INT64_MAX - tab->rows;
  if (sign > 0 && (count > room || fractional > room - count)) return MLM_OVERFLOW;
  ClassSlot *slots = tab->classes.slots;
  count_kinds(tab, pred, label, -1);
  Status status = add_to_cell(tab, pred, label, weight, sign, host);
  if (!status) status = mlm_weight_sum_add(&slots[pred].predicted, weight, sign, host);
  if (!status) status = mlm_weight_sum_add(&slots[label].labelled, weight, sign, host);
  if (!status) status = mlm_weight_sum_add(pred == label ? &tab->hits : &tab->misses, weight, sign, host);
  if (status) return status;
  count_kinds(tab, pred, label, 1);
  tab->rows += sign * (count + fractional);
  if (sign > 0) return MLM_OK;
  drop_if_unused(tab, pred, host);
  drop_if_unused(tab, label, host);
  return MLM_OK;
}

static Status add_classes(ConfusionMatrix *tab, const Class *pred, const Class *label,
                          const WeightSum *weight, int sign, const Host *host) {
  uint32_t n = tab->classes.n, pred_slot, label_slot;
  Status status = mlm_class_slot(&tab->classes, pred, &pred_slot, host);
  if (!status) status = mlm_class_slot(&tab->classes, label, &label_slot, host);
  tab->reordered |= tab->classes.n != n;
  return status ? status : add_pair(tab, pred_slot, label_slot, weight, sign, host);
}

static Status add(void *state, const Row *row, int sign, const Host *host) {
  uint64_t k = mlm_integral_weight(row->weight);
  FractionalRows fractional = {.rows = 1, .weight = row->weight};
  WeightSum weight = {.count = (int64_t)k, .fractional = k ? NULL : &fractional};
  return add_classes(state, &row->pred_class, &row->target_class, &weight, sign, host);
}

Status mlm_confusion_matrix_add_rows(ConfusionMatrix *tab, const Class *pred, const Class *label,
                                     int64_t rows, int sign, const Host *host) {
  const WeightSum weight = {.count = rows};
  return rows > 0 ? add_classes(tab, pred, label, &weight, sign, host) : MLM_OK;
}

static void leave_out(void *state, int sign) { ((ConfusionMatrix *)state)->left_out += sign; }

static Status combine(ConfusionMatrix *tab, const ConfusionMatrix *other, int sign, const Host *host) {
  const ClassSlot *slots = other->classes.slots;
  Status status = MLM_OK;
  for (uint64_t i = 0; other->used && i <= other->mask && !status; i++) {
    if (i % POLL_CELLS == POLL_CELLS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    const Cell *cell = &other->cells[i];
    if (mlm_weight_sum_is_zero(&cell->weight)) continue;
    status = add_classes(tab, &slots[cell->pred].name, &slots[cell->label].name, &cell->weight, sign, host);
  }
  tab->left_out += sign * other->left_out;
  return status;
}

static Status merge(void *into, void *from, const Host *host) {
  ConfusionMatrix *tab = into, *other = from, empty;
  if (other->left_out > MLM_MOST_ROWS - tab->left_out) return MLM_OVERFLOW;
  if (tab->rows > 0 || tab->left_out > 0) return combine(tab, other, 1, host);
  empty = *tab;
  *tab = *other;
  *other = empty;
  return MLM_OK;
}

static Status subtract(void *state, void *taken, const Host *host) { return combine(state, taken, -1, host); }

static Status seal(void *state, const Host *host) {
  ConfusionMatrix *tab = state;
  if (!tab->reordered) return MLM_OK;
  uint32_t n = tab->classes.n;
  uint32_t *order = host->realloc(tab->order, ((uint64_t)n + 1) * sizeof *order);
  if (!order) return MLM_NOMEM;
  tab->order = order;
  Status status = mlm_class_order(&tab->classes, order, host);
  if (status) return status;
  for (uint32_t i = 0; i < n; i++) tab->classes.slots[order[i]].rank = i;
  tab->reordered = false;
  return MLM_OK;
}

/* Writes pred rank << 32 | label rank of all cells to keys[], in ascending order. */
static void sort_cells(const ConfusionMatrix *tab, const uint32_t *rank, uint64_t *keys, Writer *out) {
  size_t n = 0;
  for (uint64_t i = 0; i <= tab->mask; i++) {
    const Cell *cell = &tab->cells[i];
    if (!mlm_weight_sum_is_zero(&cell->weight))
      keys[n++] = (uint64_t)rank[cell->pred] << 32 | rank[cell->label];
  }
  Status status = mlm_sort_keys(keys, n, out->host);
  if (status) out->status = status;
}

/* Writes each pair as its distance from the one before: small numbers, and only sorted pairs have a form. */
static void save_cells(const ConfusionMatrix *tab, const uint32_t *order, const uint64_t *keys, Writer *out) {
  uint64_t pred = 0, next_label = 0;
  for (uint64_t i = 0; i < tab->used && !out->status; i++) {
    if (i % POLL_CELLS == POLL_CELLS - 1 && mlm_interrupted(out->host)) out->status = MLM_INTERRUPTED;
    uint64_t skipped = (keys[i] >> 32) - pred, label = (uint32_t)keys[i];
    pred += skipped;
    mlm_write_varint(out, skipped);
    mlm_write_varint(out, skipped ? label : label - next_label);
    next_label = label + 1;
    mlm_weight_sum_save(&tab->cells[place_of(tab, order[pred], order[label])].weight, out);
  }
}

static void save_ordered(const ConfusionMatrix *tab, uint32_t *order, uint32_t *rank, uint64_t *keys,
                         Writer *out) {
  out->status = mlm_class_order(&tab->classes, order, out->host);
  if (out->status) return;
  for (uint32_t i = 0; i < tab->classes.n; i++) {
    rank[order[i]] = i;
    mlm_class_save(&tab->classes.slots[order[i]].name, out);
  }
  mlm_write_varint(out, tab->used);
  sort_cells(tab, rank, keys, out);
  save_cells(tab, order, keys, out);
}

/* Format: rows left out; the number of classes, then each, in order; the number of cells, then each as (pred,
 * label, weight). */
static void save(const void *state, Writer *out) {
  const ConfusionMatrix *tab = state;
  mlm_write_varint(out, (uint64_t)tab->left_out);
  mlm_write_varint(out, tab->classes.n);
  if (out->status) return;
  if (tab->used == 0) {
    mlm_write_varint(out, 0);
    return;
  }
  uint64_t *keys = out->host->realloc(NULL, tab->used * sizeof *keys);
  uint32_t *order = out->host->realloc(NULL, tab->classes.n * sizeof *order);
  uint32_t *rank = out->host->realloc(NULL, tab->classes.used * sizeof *rank);
  if (keys && order && rank)
    save_ordered(tab, order, rank, keys, out);
  else
    out->status = MLM_NOMEM;
  out->host->free(keys);
  out->host->free(order);
  out->host->free(rank);
}

static Status load_classes(ConfusionMatrix *tab, Reader *in, const Host *host) {
  uint64_t n = mlm_read_count(in, 2);
  Class before, name;
  for (uint64_t i = 0; i < n; i++) {
    uint32_t slot;
    if (i % POLL_CELLS == POLL_CELLS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    mlm_class_load(&name, in);
    if (in->failed || (i > 0 && mlm_class_compare(&before, &name) >= 0)) return MLM_CORRUPT;
    Status status = mlm_class_slot(&tab->classes, &name, &slot, host);
    if (status) return status;
    before = name;
  }
  return in->failed ? MLM_CORRUPT : MLM_OK;
}

static Status load_cell(ConfusionMatrix *tab, uint64_t pred, uint64_t label, Reader *in, const Host *host) {
  WeightSum weight = {0};
  Status status = mlm_weight_sum_load(&weight, in, host);
  if (!status) status = add_pair(tab, (uint32_t)pred, (uint32_t)label, &weight, 1, host);
  mlm_weight_sum_clear(&weight, host);
  return status == MLM_OVERFLOW ? MLM_CORRUPT : status; /* no rows add up to that */
}

static Status load_cells(ConfusionMatrix *tab, Reader *in, const Host *host) {
  uint64_t used = mlm_read_count(in, 4), n = tab->classes.n, pred = 0, next_label = 0;
  for (uint64_t i = 0; i < used; i++) {
    uint64_t skipped = mlm_read_varint(in), ahead = mlm_read_varint(in);
    if (i % POLL_CELLS == POLL_CELLS - 1 && mlm_interrupted(host)) return MLM_INTERRUPTED;
    if (skipped) next_label = 0;
    if (in->failed || skipped >= n - pred || ahead >= n - next_label) return MLM_CORRUPT;
    pred += skipped;
    Status status = load_cell(tab, pred, next_label + ahead, in, host);
    if (status) return status;
    next_label += ahead + 1;
  }
  return in->failed ? MLM_CORRUPT : MLM_OK;
}

static Status load(void *state, Reader *in, const Host *host) {
  ConfusionMatrix *tab = state;
  uint64_t left_out = mlm_read_varint(in);
  if (in->failed || left_out > INT64_MAX) return MLM_CORRUPT;
  tab->left_out = (int64_t)left_out;
  tab->reordered = true;
  Status status = load_classes(tab, in, host);
  if (!status) status = load_cells(tab, in, host);
  for (uint32_t i = 0; i < tab->classes.used && !status; i++)
    if (is_unused(&tab->classes.slots[i])) status = MLM_CORRUPT;
  return status;
}

static void clear(void *state, const Host *host) {
  ConfusionMatrix *tab = state;
  for (uint64_t i = 0; tab->cells && i <= tab->mask; i++) mlm_weight_sum_clear(&tab->cells[i].weight, host);
  mlm_class_index_clear(&tab->classes, host);
  mlm_weight_sum_clear(&tab->hits, host);
  mlm_weight_sum_clear(&tab->misses, host);
  host->free(tab->cells);
  host->free(tab->order);
  *tab = (ConfusionMatrix){0};
}

static bool empty(const void *state) { return ((const ConfusionMatrix *)state)->rows == 0; }

static bool integral(const void *state) {
  const ConfusionMatrix *tab = state;
  return !tab->hits.fractional && !tab->misses.fractional;
}

int64_t mlm_confusion_matrix_rows(const ConfusionMatrix *tab) { return tab->rows; }

int64_t mlm_confusion_matrix_left_out(const ConfusionMatrix *tab) { return tab->left_out; }

size_t mlm_confusion_matrix_classes(const ConfusionMatrix *tab) { return tab->classes.n; }

enum {
  MOST_GRADES = 9,    /* between 0 and 1, as tenths are */
  LEAST_VALUES = 100, /* numbers with fractions, more than there are versions or half steps of a scale */
  /* Rows that show that a column of integers stands beside one of texts, and how many of one pair count. */
  LEAST_APART = 20,
  MOST_OF_PAIR = 5
};

/* Whether the fractions of a side are so many, and so small, that they can be no grades. */
static bool are_no_grades(const ConfusionMatrix *tab, int side) {
  return tab->fractions[side] > MOST_GRADES && tab->between[side] == tab->fractions[side];
}

/* Whether a side has such numbers, and but for them only integers. */
static bool are_scores(const ConfusionMatrix *tab, int side) {
  return are_no_grades(tab, side) && tab->not_whole[side] == tab->fractions[side];
}

Status mlm_confusion_matrix_find_score(const ConfusionMatrix *tab, bool symmetric, double *score) {
  const bool pred = tab->fractions[0] > 0 && tab->not_whole[1] == 0 && (!symmetric || are_no_grades(tab, 0));
  const bool label = tab->not_whole[0] == 0 && are_no_grades(tab, 1);
  if (!pred && !label) return MLM_OK;
  *score = INFINITY;
  for (uint32_t i = 0; i < tab->classes.used; i++) {
    const ClassSlot *slot = &tab->classes.slots[i];
    if (slot->taken && mlm_class_is_fraction(&slot->name) && slot->name.real < *score)
      *score = slot->name.real; /* none is a class of the other side */
  }
  return pred ? MLM_UNDECIDED : MLM_SCORE_LABEL;
}

bool mlm_confusion_matrix_has_values(const ConfusionMatrix *tab, int side) {
  return tab->fractions[side] >= LEAST_VALUES && (int64_t)tab->fractions[side] > tab->rows / 2;
}

/* Whether the text is a word for 0 or 1. */
static bool is_word(const Class *text) {
  return text->type == CLASS_TEXT && text->n > 1 && mlm_read_label(text->bytes, text->n) <= LABEL_ONE;
}

static bool is_decision(const Class *c) { return c->type == CLASS_INTEGER && (c->integer | 1) == 1; }

bool mlm_is_word_for_decision(const Class *word, const Class *decision) {
  if (word->type != CLASS_TEXT || !is_decision(decision)) return false;
  const LabelWord label = mlm_read_label(word->bytes, word->n);
  return label == LABEL_MISSING || (label <= LABEL_ONE && word->n > 1);
}

/* Whether the classes of some pair that occurs, or of some pair for which it is not so, are apart. */
static bool has_pair(const ConfusionMatrix *tab, bool (*apart)(const Class *, const Class *), bool wanted) {
  const ClassSlot *slots = tab->classes.slots;
  for (uint64_t i = 0; tab->cells && i <= tab->mask; i++) {
    const Cell *cell = &tab->cells[i];
    if (mlm_weight_sum_is_zero(&cell->weight)) continue;
    if (apart(&slots[cell->pred].name, &slots[cell->label].name) == wanted) return true;
  }
  return false;
}

/* Whether the class is a text that does not stand for a missing one. */
static bool is_name(const Class *class) {
  return class->type == CLASS_TEXT && mlm_read_label(class->bytes, class->n) != LABEL_MISSING;
}

/* How many classes are such; *least is the first in order. */
static size_t count_classes(const ConfusionMatrix *tab, bool (*is_such)(const Class *), Class *least) {
  size_t n = 0;
  for (uint32_t i = 0; i < tab->classes.used; i++) {
    const ClassSlot *slot = &tab->classes.slots[i];
    if (!slot->taken || !is_such(&slot->name)) continue;
    if (n++ == 0 || mlm_class_compare(&slot->name, least) < 0) *least = slot->name;
  }
  return n;
}

/* Whether so many classes occur twice or more on average, unlike answers that were not parsed. */
static bool repeats(const ConfusionMatrix *tab, size_t classes) { return (int64_t)classes <= tab->rows / 2; }

/* Whether the rows are so many, and so varied, that they are no part of columns that hold both. */
static bool has_rows_apart(const ConfusionMatrix *tab) {
  int64_t rows = 0;
  for (uint64_t i = 0; i <= tab->mask && rows < LEAST_APART; i++) {
    const WeightSum *weight = &tab->cells[i].weight;
    const int64_t here = weight->count + mlm_weight_sum_fractional_rows(weight);
    rows += here < MOST_OF_PAIR ? here : MOST_OF_PAIR;
  }
  return rows >= LEAST_APART;
}

Status mlm_confusion_matrix_never_agrees(const ConfusionMatrix *tab, Class *text) {
  if (!tab->cells || !mlm_weight_sum_is_zero(&tab->hits)) return MLM_OK;
  const bool scores = are_scores(tab, 0) || are_scores(tab, 1);
  if (has_pair(tab, scores ? mlm_is_number_beside_text : mlm_is_integer_beside_text, false)) return MLM_OK;
  if (!has_pair(tab, mlm_is_word_beside_decision, false) && count_classes(tab, is_word, text) >= 2)
    return MLM_NEVER_EQUAL;
  if (!scores && tab->not_whole[0] > 0 && tab->not_whole[1] > 0) return MLM_OK; /* integers on both sides */
  Class least;
  const size_t names = count_classes(tab, is_name, text);
  if (names < 2 || !repeats(tab, names) || !has_rows_apart(tab)) return MLM_OK;
  const size_t indexes = count_classes(tab, mlm_class_is_whole, &least);
  if (scores) return count_classes(tab, is_decision, &least) == indexes ? MLM_SCORE_BESIDE_NAME : MLM_OK;
  return indexes >= 2 && repeats(tab, indexes) ? MLM_INDEX_BESIDE_NAME : MLM_OK;
}

bool mlm_confusion_matrix_has_integers_beside_texts(const ConfusionMatrix *tab) {
  return has_pair(tab, mlm_is_integer_beside_text, true);
}

bool mlm_confusion_matrix_shares_no_class(const ConfusionMatrix *tab) {
  if (tab->rows == 0 || !mlm_weight_sum_is_zero(&tab->hits)) return false;
  for (uint32_t i = 0; i < tab->classes.used; i++) {
    const ClassSlot *slot = &tab->classes.slots[i];
    if (slot->taken && !mlm_weight_sum_is_zero(&slot->predicted) && !mlm_weight_sum_is_zero(&slot->labelled))
      return false;
  }
  return true;
}

double mlm_confusion_matrix_total(const ConfusionMatrix *tab) {
  return mlm_weight_sum_value_of_both(&tab->hits, &tab->misses);
}

void mlm_confusion_matrix_add_total(ExactSum *sum, const ConfusionMatrix *tab) {
  mlm_sum_add_weight_sum(sum, &tab->hits, 1);
  mlm_sum_add_weight_sum(sum, &tab->misses, 1);
}

const WeightSum *mlm_confusion_matrix_hits(const ConfusionMatrix *tab) { return &tab->hits; }

const WeightSum *mlm_confusion_matrix_misses(const ConfusionMatrix *tab) { return &tab->misses; }

double mlm_confusion_matrix_hit_share(const ConfusionMatrix *tab) {
  return mlm_weight_sum_share(&tab->hits, &tab->misses);
}

double mlm_confusion_matrix_miss_share(const ConfusionMatrix *tab) {
  return mlm_weight_sum_share(&tab->misses, &tab->hits);
}

static const WeightSum *pair_of(const ConfusionMatrix *tab, uint32_t pred, uint32_t label) {
  return &tab->cells[place_of(tab, pred, label)].weight;
}

static void totals_of(const ConfusionMatrix *tab, uint32_t slot, ClassTotals *totals) {
  const ClassSlot *class = &tab->classes.slots[slot];
  *totals = (ClassTotals){.name = class->name,
                          .predicted = &class->predicted,
                          .labelled = &class->labelled,
                          .hits = pair_of(tab, slot, slot)};
}

bool mlm_confusion_matrix_next_class(const ConfusionMatrix *tab, uint64_t *cursor, ClassTotals *totals) {
  while (*cursor < tab->classes.used) {
    uint32_t slot = (uint32_t)(*cursor)++;
    if (!tab->classes.slots[slot].taken) continue;
    totals_of(tab, slot, totals);
    return true;
  }
  return false;
}

void mlm_confusion_matrix_class(const ConfusionMatrix *tab, size_t rank, ClassTotals *totals) {
  totals_of(tab, tab->order[rank], totals);
}

bool mlm_confusion_matrix_next_pair(const ConfusionMatrix *tab, uint64_t *cursor, PairTotal *pair) {
  while (tab->cells && *cursor <= tab->mask) {
    const Cell *cell = &tab->cells[(*cursor)++];
    if (mlm_weight_sum_is_zero(&cell->weight)) continue;
    const ClassSlot *slots = tab->classes.slots;
    *pair = (PairTotal){slots[cell->pred].rank, slots[cell->label].rank, &cell->weight};
    return true;
  }
  return false;
}

double mlm_confusion_matrix_pair(const ConfusionMatrix *tab, size_t pred, size_t label) {
  return mlm_weight_sum_value(pair_of(tab, tab->order[pred], tab->order[label]));
}

static Status add_value(void *state, const Row *row, int sign, const Host *host) {
  Row both = *row;
  both.target_class = row->pred_class;
  return add(state, &both, sign, host);
}

/* All members but .add and .seal. */
#define CONFUSION_MATRIX                                                                                     \
  .name = "crosstab",                                                                                        \
  .cost = "About 110 bytes a class and 40 bytes for each pair of classes that occurs; where fractional "     \
          "weights are added, up to 1,350 bytes more a class with its pair. Adding a row takes O(1) time, "  \
          "and so does removing one from a window; a value takes O(classes) unless stated otherwise.",       \
  .bytes = sizeof(ConfusionMatrix), .leave_out = leave_out, .merge = merge, .subtract = subtract,            \
  .save = save, .load = load, .clear = clear, .empty = empty, .integral = integral

const StateType mlm_confusion_matrix_state = {CONFUSION_MATRIX, .fast_path = FAST_CLASSES, .add = add,
                                              .seal = seal};
const StateType mlm_confusion_matrix_unordered_state = {CONFUSION_MATRIX, .fast_path = FAST_CLASSES,
                                                        .add = add};
const StateType mlm_value_counts_state = {CONFUSION_MATRIX, .add = add_value, .seal = seal};
