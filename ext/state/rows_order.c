/* Sorted views of rows: entries ordered by a column or by all, runs of equal ones, mid-ranks.
 *
 * A row is sorted as one 64-bit word: the highest bits of its key that vary, and below them its index. So the
 * sort of keys sorts rows too, and keeps equal ones in order. The bits of the key that the index displaced
 * are looked up only for rows that agree in all others.
 */
#include "state/rows_layout.h"

/* Set, once words are sorted, in each word that differs from the one before. An index has at most 28 bits. */
static const uint64_t START = MLM_ROWS_START;

enum { SHORT = 12 };

typedef struct Sorter {
  const Rows *rows;
  const Host *host;
  uint64_t first;       /* the entry of index 0 */
  uint32_t column, end; /* columns to sort by; the one after the last is the weight */
  int bits;             /* of an index */
  int labelled;         /* 1: an index is twice that of the entry, plus its label, */
  uint32_t label;       /* which is whether this column is not 0 */
} Sorter;

/* Of x > 0. */
static int width_of(uint64_t x) { return 64 - mlm_clz64(x); }

static double number_at(const Rows *rows, uint64_t e, uint32_t column) {
  return column < rows->columns || e >= rows->single.n ? mlm_rows_at(rows, e)[column] : 1;
}

static uint64_t key_at(const Sorter *sorter, uint64_t index, uint32_t column) {
  return mlm_encode_score(number_at(sorter->rows, sorter->first + (index >> sorter->labelled), column));
}

/* Compares by the columns from `column` on. */
static int compare(const Sorter *sorter, uint64_t a, uint64_t b, uint32_t column) {
  for (; column < sorter->end; column++) {
    uint64_t x = key_at(sorter, a, column), y = key_at(sorter, b, column);
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/* Which bits of the keys of a column take part in a sort. */
typedef struct Digits {
  int common; /* number of leading bits that all keys have in common; 64: all keys are equal */
  int lost;   /* number of trailing bits that do not fit above the index; 0 if none of them varies */
} Digits;

static Digits digits_of(const Sorter *sorter, uint64_t any, uint64_t all) {
  uint64_t varying = any ^ all;
  int common = varying ? mlm_clz64(varying) : 64;
  bool fit = common >= sorter->bits || !(varying & (((uint64_t)1 << (sorter->bits - common)) - 1));
  return (Digits){common, fit ? 0 : sorter->bits - common};
}

static uint64_t pack(const Sorter *sorter, uint64_t key, Digits digits, uint64_t index) {
  return (digits.common < 64 ? key << digits.common >> sorter->bits << sorter->bits : 0) | index;
}

/* Reads the keys of a column, except that of the weight, in storage order, with the label for the lowest bit
 * if there are labels; sets which bits take part in the sort. */
static Status read_keys(const Sorter *sorter, uint64_t *key, uint64_t n, uint32_t column, Digits *digits) {
  const Rows *rows = sorter->rows;
  const double *x;
  uint64_t any = 0, all = UINT64_MAX;
  uint32_t width;
  for (uint64_t i = 0, block; i < n; i += block) {
    block = mlm_rows_block(rows, sorter->first + i, &x, &width);
    if (block > n - i) block = n - i;
    for (uint64_t k = i; k < i + block; k++, x += width) {
      key[k] = mlm_encode_score(x[column]);
      any |= key[k];
      all &= key[k];
      if (sorter->labelled) key[k] = (key[k] & ~(uint64_t)1) | (x[sorter->label] != 0);
    }
    if (mlm_rows_interrupted_in(i, i + block, sorter->host)) return MLM_INTERRUPTED;
  }
  *digits = digits_of(sorter, any, all);
  return MLM_OK;
}

/* Packs keys whose lowest bit is the label, to indexes that hold it. Where the lowest bit of the key has room
 * above the index, the rows are read again. */
static void pack_labelled(const Sorter *sorter, uint64_t *word, uint64_t n, Digits digits) {
  bool complete = digits.common >= sorter->bits;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t index = i << 1 | (word[i] & 1), key = complete ? key_at(sorter, index, sorter->column) : word[i];
    word[i] = pack(sorter, key, digits, index);
  }
}

/* Words for indexes of the entries 0 .. n - 1. */
static Status pack_all(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column, Digits *digits) {
  Status status = read_keys(sorter, word, n, column, digits);
  if (status) return status;
  if (sorter->labelled)
    pack_labelled(sorter, word, n, *digits);
  else
    for (uint64_t i = 0; i < n; i++) word[i] = pack(sorter, word[i], *digits, i);
  return MLM_OK;
}

/* Replaces indexes by words that hold them. */
static Status pack_run(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column, Digits *digits) {
  uint64_t any = 0, all = UINT64_MAX;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t key = key_at(sorter, word[i], column);
    any |= key;
    all &= key;
    if (mlm_rows_interrupted(i, sorter->host)) return MLM_INTERRUPTED;
  }
  *digits = digits_of(sorter, any, all);
  for (uint64_t i = 0; i < n; i++) {
    word[i] = pack(sorter, key_at(sorter, word[i], column), *digits, word[i]);
    if (mlm_rows_interrupted(i, sorter->host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* Reduces sorted words to their indexes, and sets START where the bits above the index change. */
static void unpack(const Sorter *sorter, uint64_t *word, uint64_t n) {
  uint64_t before = ~(word[0] >> sorter->bits);
  for (uint64_t i = 0; i < n; i++) {
    uint64_t high = word[i] >> sorter->bits, index = word[i] ^ high << sorter->bits;
    word[i] = index | (high != before ? START : 0);
    before = high;
  }
}

/* Sorts words that agree in all bits above the index by the lowest `lost` bits of their keys, which with the
 * index fit a word. */
static Status sort_lost(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column, int lost) {
  const uint64_t index_mask = ((uint64_t)1 << sorter->bits) - 1, lost_mask = ((uint64_t)1 << lost) - 1;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t index = word[i] & index_mask, ahead = word[i + MLM_AHEAD < n ? i + MLM_AHEAD : i] & index_mask;
    mlm_prefetch(mlm_rows_at(sorter->rows, sorter->first + (ahead >> sorter->labelled)) + column);
    word[i] = (key_at(sorter, index, column) & lost_mask) << sorter->bits | index;
    if (mlm_rows_interrupted(i, sorter->host)) return MLM_INTERRUPTED;
  }
  Status status = mlm_sort_keys(word, (size_t)n, sorter->host);
  if (!status) unpack(sorter, word, n);
  return status;
}

/* Reduces sorted words to indexes with START set. */
static Status finish(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column, Digits digits) {
  const int bits = sorter->bits;
  const uint64_t index_mask = ((uint64_t)1 << bits) - 1;
  if (digits.lost == 0) {
    unpack(sorter, word, n);
    return MLM_OK;
  }
  for (uint64_t i = 0, j; i < n; i = j) {
    j = i + 1;
    if (j == n || (word[i] ^ word[j]) >> bits) {
      word[i] = (word[i] & index_mask) | START;
      continue;
    }
    while (j < n && (word[i] ^ word[j]) >> bits == 0) j++;
    Status status = sort_lost(sorter, word + i, j - i, column, digits.lost);
    if (status) return status;
  }
  return MLM_OK;
}

/* For few indexes. */
static void insertion_sort(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column) {
  for (uint64_t i = 1; i < n; i++) {
    uint64_t index = word[i], j = i;
    for (; j > 0 && compare(sorter, word[j - 1], index, column) > 0; j--) word[j] = word[j - 1];
    word[j] = index;
  }
  for (uint64_t i = n - 1; i > 0; i--)
    if (compare(sorter, word[i - 1], word[i], column) != 0) word[i] |= START;
  word[0] |= START;
}

/* Sorts ascending indexes by a column, and sets START. */
static Status sort_column(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column) {
  Digits digits;
  Status status = pack_run(sorter, word, n, column, &digits);
  if (!status) status = mlm_sort_keys(word, (size_t)n, sorter->host);
  return status ? status : finish(sorter, word, n, column, digits);
}

static Status sort_run(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column);

/* The words are already sorted by one column; sorts each run of equal ones by the other columns, except the
 * longest run, which the caller sorts, so that calls nest at most log n deep. */
static Status sort_runs(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column, uint64_t *longest,
                        uint64_t *longest_n) {
  *longest = 0;
  *longest_n = 0;
  for (uint64_t i = 0, j; i < n; i = j) {
    for (j = i + 1; j < n && !(word[j] & START); j++) {}
    uint64_t from = i, run = j - i;
    if (run > *longest_n) {
      from = *longest;
      run = *longest_n;
      *longest = i;
      *longest_n = j - i;
    }
    if (i / MLM_ROWS_POLL < j / MLM_ROWS_POLL && mlm_interrupted(sorter->host)) return MLM_INTERRUPTED;
    if (run < 2) continue;
    word[from] ^= START;
    Status status = sort_run(sorter, word + from, run, column);
    if (status) return status;
  }
  return MLM_OK;
}

/* Words are sorted by `column`: sorts by the columns after it. */
static Status sort_rest(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column) {
  while (++column < sorter->end) {
    uint64_t longest, longest_n;
    Status status = sort_runs(sorter, word, n, column, &longest, &longest_n);
    if (status || longest_n < 2) return status;
    word += longest;
    n = longest_n;
    word[0] ^= START;
    if (n < SHORT) {
      insertion_sort(sorter, word, n, column);
      return MLM_OK;
    }
    status = sort_column(sorter, word, n, column);
    if (status) return status;
  }
  return MLM_OK;
}

/* Sorts ascending indexes by the columns from `column` on, and sets START. */
static Status sort_run(const Sorter *sorter, uint64_t *word, uint64_t n, uint32_t column) {
  if (n < SHORT) {
    insertion_sort(sorter, word, n, column);
    return MLM_OK;
  }
  Status status = sort_column(sorter, word, n, column);
  return status ? status : sort_rest(sorter, word, n, column);
}

/* ---- blocks ---- */

/* Reduces words to 32-bit entries in place, and copies START to order->starts; `from`, a multiple of 64, is
 * the place of the first, and `first` its index.
 */
static void keep_indexes(RowsOrder *order, uint64_t from, uint64_t first, uint64_t *word, uint64_t n) {
  for (uint64_t i = 0; i < n; i += 64) {
    uint64_t starts = 0;
    for (uint64_t k = i; k < n && k < i + 64; k++) {
      uint32_t index = (uint32_t)(first + (word[k] & ~START));
      starts |= word[k] >> 63 << (k - i);
      order->runs += word[k] >> 63;
      memcpy((char *)word + k * sizeof index, &index, sizeof index);
    }
    order->starts[(from + i) / 64] = starts;
  }
}

/* Sets the words of the n entries from sorter->first on, in order: indexes, with START set. */
static Status sort_words(Sorter *sorter, uint64_t *word, uint64_t n) {
  Digits digits = {0};
  sorter->bits = (n > 1 ? width_of(n - 1) : 1) + sorter->labelled;
  Status status = pack_all(sorter, word, n, sorter->column, &digits);
  if (!status) status = mlm_sort_keys(word, (size_t)n, sorter->host);
  if (!status) status = finish(sorter, word, n, sorter->column, digits);
  return status ? status : sort_rest(sorter, word, n, sorter->column);
}

/* Sorts the entries of one block, first those at places from `from` on. */
static Status sort_block(Sorter sorter, RowsOrder *order, uint64_t from, uint64_t n, uint32_t **block) {
  uint64_t *word = sorter.host->realloc(NULL, n * sizeof *word);
  if (!word) return MLM_NOMEM;
  sorter.first += from;
  Status status = sort_words(&sorter, word, n);
  if (status) {
    sorter.host->free(word);
    return status;
  }
  keep_indexes(order, from, from << sorter.labelled, word, n);
  uint32_t *less = sorter.host->realloc(word, n * sizeof *less);
  *block = less ? less : (uint32_t *)(void *)word;
  return MLM_OK;
}

static uint64_t blocks_of(uint64_t n, int shift) { return (n + ((uint64_t)1 << shift) - 1) >> shift; }

static uint64_t rows_of_block(uint64_t n, int shift, uint64_t b) {
  uint64_t full = (uint64_t)1 << shift, left = n - (b << shift);
  return left < full ? left : full;
}

void mlm_rows_order_clear(RowsOrder *order, const Host *host) {
  for (uint64_t b = 0; order->block && b < blocks_of(order->n, order->shift); b++)
    host->free(order->block[b]);
  host->free(order->block);
  host->free(order->starts);
  *order = (RowsOrder){0};
}

/* An order of n places, none of them filled. */
static Status new_order(RowsOrder *order, uint64_t n, const Host *host) {
  *order = (RowsOrder){.n = n, .shift = MLM_ORDER_SHIFT};
  order->block = mlm_new_zeroed(host, (blocks_of(n, order->shift) + 1) * sizeof *order->block);
  order->starts = mlm_new_zeroed(host, (n / 64 + 1) * sizeof *order->starts);
  return order->block && order->starts ? MLM_OK : MLM_NOMEM;
}

/* The block whose next entry comes first; earlier blocks win, so that equal entries stay in order. */
static uint64_t first_block(const Sorter *sorter, const RowsOrder *from, const uint64_t *at) {
  uint64_t blocks = blocks_of(from->n, from->shift), best = blocks;
  for (uint64_t b = 0; b < blocks; b++) {
    if (at[b] == rows_of_block(from->n, from->shift, b)) continue;
    if (best < blocks
        && compare(sorter, from->block[best][at[best]], from->block[b][at[b]], sorter->column) <= 0)
      continue;
    best = b;
  }
  return best;
}

static Status merge_into(const Sorter *sorter, const RowsOrder *from, uint64_t *at, RowsOrder *to) {
  for (uint64_t i = 0; i < to->n; i++) {
    uint64_t place = i & (((uint64_t)1 << to->shift) - 1), b = first_block(sorter, from, at);
    uint32_t *block = to->block[i >> to->shift];
    if (place == 0) {
      uint64_t n = rows_of_block(to->n, to->shift, i >> to->shift);
      block = to->block[i >> to->shift] = sorter->host->realloc(NULL, n * sizeof *block);
      if (!block) return MLM_NOMEM;
    }
    block[place] = from->block[b][at[b]++];
    uint64_t start = i == 0 || compare(sorter, mlm_order_at(to, i - 1), block[place], sorter->column) != 0;
    to->starts[i / 64] |= start << i % 64;
    to->runs += start;
    if (mlm_rows_interrupted(i, sorter->host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

/* Merges sorted blocks: only beyond 2^27 entries, so a plain loop will do. */
static Status merge_blocks(const Sorter *sorter, RowsOrder *order) {
  const Host *host = sorter->host;
  RowsOrder merged;
  uint64_t *at = mlm_new_zeroed(host, blocks_of(order->n, order->shift) * sizeof *at);
  Status status = new_order(&merged, order->n, host);
  if (!at) status = MLM_NOMEM;
  if (!status) status = merge_into(sorter, order, at, &merged);
  host->free(at);
  if (status) {
    mlm_rows_order_clear(&merged, host);
    return status;
  }
  mlm_rows_order_clear(order, host);
  *order = merged;
  return MLM_OK;
}

static Status make_order(const Sorter *sorter, uint64_t n, RowsOrder *order) {
  *order = (RowsOrder){0};
  if (n >> (32 - sorter->labelled)) return MLM_OVERFLOW; /* unreachable: 16 GiB of rows */
  Status status = new_order(order, n, sorter->host);
  uint64_t blocks = blocks_of(n, order->shift);
  for (uint64_t b = 0; b < blocks && !status; b++)
    status =
        sort_block(*sorter, order, b << order->shift, rows_of_block(n, order->shift, b), &order->block[b]);
  if (!status && blocks > 1) status = merge_blocks(sorter, order);
  if (status) mlm_rows_order_clear(order, sorter->host);
  return status;
}

Status mlm_rows_order_range(const Rows *rows, uint64_t first, uint64_t n, RowsOrder *order,
                            const Host *host) {
  uint32_t end = rows->columns + (rows->counted.n > 0);
  return make_order(&(Sorter){.rows = rows, .host = host, .first = first, .end = end}, n, order);
}

Status mlm_rows_order_all(const Rows *rows, RowsOrder *order, const Host *host) {
  return mlm_rows_order_range(rows, 0, mlm_rows_entries(rows), order, host);
}

Status mlm_rows_order(const Rows *rows, uint32_t column, RowsOrder *order, const Host *host) {
  const Sorter sorter = {.rows = rows, .host = host, .column = column, .end = column + 1};
  return make_order(&sorter, mlm_rows_entries(rows), order);
}

Status mlm_rows_order_labelled(const Rows *rows, uint32_t column, uint32_t label, RowsOrder *order,
                               const Host *host) {
  const Sorter sorter = {
      .rows = rows, .host = host, .column = column, .end = column + 1, .labelled = 1, .label = label};
  return make_order(&sorter, mlm_rows_entries(rows), order);
}

Status mlm_rows_sort_labelled(const Rows *rows, uint32_t column, uint32_t label, uint64_t *word,
                              const Host *host) {
  Sorter sorter = {
      .rows = rows, .host = host, .column = column, .end = column + 1, .labelled = 1, .label = label};
  return sort_words(&sorter, word, mlm_rows_entries(rows));
}

/* ---- runs ---- */

bool mlm_run_next(RowsRun *run, const Rows *rows, const RowsOrder *order) {
  if (run->to == order->n) return false;
  run->before += run->count;
  mlm_run_reach(run, order);
  run->count = (int64_t)(run->to - run->from);
  if (rows->counted.n == 0) return true;
  for (uint64_t i = run->from; i < run->to; i++)
    run->count += mlm_rows_count_at(rows, mlm_order_at(order, i)) - 1;
  return true;
}
