/* One class against the rest: words are made of rows, where these are or in a block beside them, sorted and
 * counted. */
#include "metrics/one_vs_rest.h"

#include "metrics/ranking.h"

/* Rows of more numbers stay as they are: a class would have too few of its words side by side in a page, and
 * the memory of one class beside all of them is little. */
enum { LEAST_IN_PAGE = 16 };

/* Of number c of a row. Copied, since the words are written where the numbers were. */
static uint64_t word_of(const double *x, uint32_t c, bool label) {
  uint64_t bits;
  memcpy(&bits, x + c, sizeof bits);
  return bits << 1 | label;
}

/* Rows of a page, each of which holds so many words of a class. */
static uint64_t rows_of_page(const Rows *rows) {
  return mlm_least(mlm_rows_per_page(rows), mlm_rows_entries(rows));
}

static uint64_t rows_in_page(const Rows *rows, uint64_t p) {
  return mlm_least(rows_of_page(rows), mlm_rows_entries(rows) - p * rows_of_page(rows));
}

/* ---- rows that are used up ---- */

/* Lays out the words of a page class by class. */
static void turn_page(const OneVsRest *d, double *page, uint64_t n, uint64_t *block) {
  const uint64_t apart = rows_of_page(d->own);
  const double *x = page;
  for (uint64_t i = 0; i < n; i++, x += d->k + 1)
    for (uint32_t c = 0; c < d->k; c++) block[c * apart + i] = word_of(x, c, x[d->k] == c);
  memcpy(page, block, (size_t)(d->k * apart) * sizeof *block);
}

static Status turn_pages(const OneVsRest *d) {
  uint64_t *block = mlm_new_zeroed(d->host, d->k * rows_of_page(d->own) * sizeof *block);
  Status status = block ? MLM_OK : MLM_NOMEM;
  for (uint64_t p = 0; p < d->words.pages && !status; p++) {
    turn_page(d, mlm_rows_page(d->own, p), rows_in_page(d->own, p), block);
    if (mlm_interrupted(d->host)) status = MLM_INTERRUPTED;
  }
  d->host->free(block);
  return status;
}

/* Leaves out the class. */
static Status turn_pooled(const OneVsRest *d) {
  for (uint64_t p = 0; p < d->words.pages; p++) {
    const double *x = mlm_rows_page(d->own, p);
    uint64_t *word = (uint64_t *)(void *)mlm_rows_page(d->own, p);
    for (uint64_t i = 0, n = rows_in_page(d->own, p); i < n; i++, x += d->k + 1) {
      const double class = x[d->k];
      for (uint32_t c = 0; c < d->k; c++) *word++ = word_of(x, c, class == c);
    }
    if (mlm_interrupted(d->host)) return MLM_INTERRUPTED;
  }
  return MLM_OK;
}

static void set_pages(OneVsRest *d, uint64_t offset) {
  for (uint64_t p = 0; p < d->words.pages; p++)
    d->words.page[p] = (uint64_t *)(void *)mlm_rows_page(d->own, p) + offset;
}

/* ---- rows that stay ---- */

static Status fill_block(OneVsRest *d, uint32_t c) {
  for (uint64_t e = 0, n = mlm_rows_entries(d->rows); e < n; e++) {
    const double *x = mlm_rows_at(d->rows, e);
    d->block[e] = word_of(x, c, x[d->k] == c);
    if (mlm_interrupted_at(e, d->host)) return MLM_INTERRUPTED;
  }
  d->words.page[0] = d->block;
  return MLM_OK;
}

/* ---- both ---- */

Status mlm_one_vs_rest_begin(OneVsRest *d, const Rows *rows, Rows *own, const Host *host) {
  const uint64_t n = mlm_rows_entries(rows);
  *d = (OneVsRest){.rows = rows, .host = host, .k = mlm_rows_columns(rows) - 1};
  if (mlm_rows_per_page(rows) >= LEAST_IN_PAGE) d->own = own;
  Status status = mlm_key_pages_begin(&d->words, n, d->own ? rows_of_page(rows) : n, 1, host);
  if (status) return status;
  if (d->own) return turn_pages(d);
  d->block = host->realloc(NULL, n * sizeof *d->block);
  return d->block ? MLM_OK : MLM_NOMEM;
}

Status mlm_one_vs_rest_begin_pooled(OneVsRest *d, Rows *own, const Host *host) {
  *d = (OneVsRest){.rows = own, .own = own, .host = host, .k = mlm_rows_columns(own) - 1};
  Status status =
      mlm_key_pages_begin(&d->words, mlm_rows_entries(own) * d->k, rows_of_page(own) * d->k, 1, host);
  return status ? status : turn_pooled(d);
}

void mlm_one_vs_rest_end(OneVsRest *d) {
  mlm_key_pages_clear(&d->words, d->host);
  d->host->free(d->block);
  if (d->own) mlm_rows_state.clear(d->own, d->host);
}

Status mlm_one_vs_rest_sort_class(OneVsRest *d, uint32_t c) {
  Status status = d->block ? fill_block(d, c) : MLM_OK;
  if (!d->block) set_pages(d, c * rows_of_page(d->own));
  return status ? status : mlm_key_pages_sort(&d->words, d->host);
}

Status mlm_one_vs_rest_sort_pooled(OneVsRest *d) {
  set_pages(d, 0);
  return mlm_key_pages_sort(&d->words, d->host);
}

/* ---- counting ---- */

/* Each positive counts the negatives below it twice and those equal to it once: those before its probability
 * began, and those before it. */
double mlm_one_vs_rest_auc(const OneVsRest *d, uint64_t *positives) {
  uint64_t negatives = 0, below = 0, last = UINT64_MAX;
  uint64_t twice_u = 0; /* below 2^60: fewer than 2^27 positives, fewer than 2^32 negatives */
  for (uint64_t p = 0; p < d->words.pages; p++) {
    const uint64_t *word = d->words.page[p];
    for (uint64_t i = 0, n = mlm_key_page_records(&d->words, p); i < n; i++) {
      uint64_t positive = word[i] & 1;
      below = (word[i] ^ last) > 1 ? negatives : below;
      twice_u += (0 - positive) & (below + negatives);
      negatives += 1 - positive;
      last = word[i];
    }
  }
  *positives = d->words.n - negatives;
  return mlm_auc_of(mlm_u128(twice_u), negatives, *positives);
}

/* A walk over the words, the highest first. */
typedef struct WordWalk {
  const KeyPages *words;
  uint64_t page, left; /* words of the page, and of those before it, that are not yet visited */
} WordWalk;

/* The next word; false after the last. */
static bool see(WordWalk *walk, uint64_t *word) {
  if (walk->left == 0) {
    if (walk->page == 0) return false;
    walk->left = mlm_key_page_records(walk->words, --walk->page);
  }
  *word = walk->words->page[walk->page][walk->left - 1];
  return true;
}

static bool next_positives(void *context, uint64_t *neg, uint64_t *pos) {
  WordWalk *walk = context;
  uint64_t word, positive;
  *neg = *pos = 0;
  for (; see(walk, &word) && !(word & 1); walk->left--) ++*neg;
  if (!see(walk, &positive)) return false;
  for (; see(walk, &word) && word == positive; walk->left--) ++*pos;
  for (; see(walk, &word) && word == positive - 1; walk->left--) ++*neg;
  return true;
}

double mlm_one_vs_rest_average_precision(const OneVsRest *d, uint64_t *positives) {
  WordWalk walk = {.words = &d->words, .page = d->words.pages};
  *positives = 0;
  for (uint64_t p = 0; p < d->words.pages; p++)
    for (uint64_t i = 0, n = mlm_key_page_records(&d->words, p); i < n; i++)
      *positives += d->words.page[p][i] & 1;
  return mlm_average_precision_of(next_positives, &walk, *positives);
}
