/* Merge sort of records in pages. A page of input that has been read becomes a page of output. */
#include "state/key_pages.h"

#include "base/compiler.h"
#include "base/sort.h"
#include "state/chunk_keys.h"

/* SORTED_KEYS keys are sorted at a time, and then merged: the block, the memory that sorting it takes, and
 * the spare pages are less than half a megabyte. POLL: records between two polls of the host. */
#if MLM_CHUNK_KEYS < 1 << 16
enum { SORTED_KEYS = 96, POLL = 32 };
#else
enum { SORTED_KEYS = 1 << 14, POLL = 1 << 16 };
#endif

Status mlm_key_pages_begin(KeyPages *keys, uint64_t n, uint64_t per_page, uint32_t width, const Host *host) {
  *keys = (KeyPages){.n = n, .per_page = per_page, .width = width, .pages = (n + per_page - 1) / per_page};
  uint64_t bytes = (keys->pages + MLM_SPARE_PAGES) * sizeof *keys->page;
  if (n >> 32) return MLM_OVERFLOW; /* unreachable: 32 GiB of keys */
  keys->page = mlm_new_zeroed(host, bytes);
  keys->merged = mlm_new_zeroed(host, bytes);
  return keys->page && keys->merged ? MLM_OK : MLM_NOMEM;
}

void mlm_key_pages_clear(KeyPages *keys, const Host *host) {
  for (int i = 0; i < MLM_SPARE_PAGES; i++) host->free(keys->made[i]);
  host->free(keys->page);
  host->free(keys->merged);
  *keys = (KeyPages){0};
}

static Status make_spare_pages(KeyPages *keys, const Host *host) {
  for (int i = 0; i < MLM_SPARE_PAGES && !keys->made[i]; i++) {
    keys->made[i] = host->realloc(NULL, keys->per_page * keys->width * sizeof(uint64_t));
    if (!keys->made[i]) return MLM_NOMEM;
    keys->page[keys->pages + (uint64_t)i] = keys->made[i];
  }
  return MLM_OK;
}

/* ---- merging ---- */

/* Where a run is read, or the result is written. */
typedef struct Cursor {
  uint64_t **page; /* the page it is in */
  uint64_t *at;
  uint64_t here, left; /* records from `at` to the end of the page, and of the run */
} Cursor;

typedef struct Merge {
  KeyPages *keys;
  const Host *host;
  uint64_t *spare[MLM_SPARE_PAGES]; /* pages that hold no record */
  uint64_t spares, inversions;
  bool count;      /* inversions */
  uint64_t passed; /* records since the last poll */
} Merge;

static Cursor run_at(const Merge *m, uint64_t from, uint64_t to) {
  const KeyPages *keys = m->keys;
  uint64_t end = to < keys->pages ? to * keys->per_page : keys->n, n = end - from * keys->per_page;
  return (Cursor){keys->page + from, keys->page[from], mlm_least(keys->per_page, n), n};
}

/* Goes on by n records; a page that has been read is spare. */
static void advance(Merge *m, Cursor *c, uint64_t n) {
  c->at += n * m->keys->width;
  c->left -= n;
  c->here -= n;
  if (n == 0 || c->here > 0) return;
  m->spare[m->spares++] = *c->page++;
  if (c->left == 0) return;
  c->at = *c->page;
  c->here = mlm_least(m->keys->per_page, c->left);
}

/* Begins a page of the result where the last one is full. There is a spare one: when k pages of result are
 * full, k - 1 or k pages of the two runs have been read. */
static void make_place(Merge *m, Cursor *out) {
  if (out->here > 0) return;
  out->at = *out->page++ = m->spare[--m->spares];
  out->here = m->keys->per_page;
}

/* Merges the next n records, which are within the pages of all three; returns how many came from a. Without a
 * branch that depends on the data. A record of b that goes before the rest of a is an inversion with each
 * record of that rest. */
static MLM_ALWAYS_INLINE uint64_t merge_records(Merge *m, const Cursor *a, const Cursor *b, uint64_t *to,
                                                uint64_t n, uint32_t width, bool count) {
  const uint64_t *x = a->at, *y = b->at;
  uint64_t of_a = 0, inversions = 0;
  for (uint64_t i = 0; i < n; i++) {
    uint64_t u = x[of_a * width], v = y[(i - of_a) * width], right = v < u;
    if (width == 2) {
      uint64_t more_u = x[of_a * width + 1], more_v = y[(i - of_a) * width + 1];
      right |= (uint64_t)(v == u) & (uint64_t)(more_v < more_u);
      to[i * width + 1] = right ? more_v : more_u;
    }
    to[i * width] = right ? v : u;
    if (count) inversions += (0 - right) & (a->left - of_a);
    of_a += 1 - right;
  }
  m->inversions += inversions;
  return of_a;
}

static uint64_t merge_some(Merge *m, const Cursor *a, const Cursor *b, uint64_t *to, uint64_t n) {
  if (m->keys->width == 2) return merge_records(m, a, b, to, n, 2, false);
  return m->count ? merge_records(m, a, b, to, n, 1, true) : merge_records(m, a, b, to, n, 1, false);
}

static bool interrupted(Merge *m, uint64_t n) {
  m->passed += n;
  if (m->passed < POLL) return false;
  m->passed = 0;
  return mlm_interrupted(m->host);
}

/* What is left of one run once the other has ended. */
static void copy_rest(Merge *m, Cursor *from, Cursor *out) {
  while (from->left > 0) {
    make_place(m, out);
    uint64_t n = mlm_least(from->here, out->here);
    memcpy(out->at, from->at, n * m->keys->width * sizeof *out->at);
    advance(m, from, n);
    out->at += n * m->keys->width;
    out->here -= n;
  }
}

static Status merge_two(Merge *m, Cursor a, Cursor b, uint64_t **result) {
  Cursor out = {.page = result};
  while (a.left > 0 && b.left > 0) {
    make_place(m, &out);
    uint64_t n = mlm_least(out.here, mlm_least(a.here, b.here)), of_a = merge_some(m, &a, &b, out.at, n);
    advance(m, &a, of_a);
    advance(m, &b, n - of_a);
    out.at += n * m->keys->width;
    out.here -= n;
    if (interrupted(m, n)) return MLM_INTERRUPTED;
  }
  copy_rest(m, &a, &out);
  copy_rest(m, &b, &out);
  return MLM_OK;
}

/* Whether the last record before page `middle` is not above the first one of it. */
static bool in_order(const KeyPages *keys, uint64_t middle) {
  const uint64_t *a = keys->page[middle - 1] + (keys->per_page - 1) * keys->width, *b = keys->page[middle];
  for (uint32_t w = 0; w < keys->width; w++)
    if (a[w] != b[w]) return a[w] < b[w];
  return true;
}

/* Merges each two runs of `run` pages. */
static Status merge_pairs(Merge *m, uint64_t run) {
  KeyPages *keys = m->keys;
  Status status = MLM_OK;
  for (uint64_t from = 0; from < keys->pages && !status; from += 2 * run) {
    uint64_t middle = mlm_least(from + run, keys->pages), to = mlm_least(middle + run, keys->pages);
    if (middle == to || in_order(keys, middle))
      memcpy(keys->merged + from, keys->page + from, (size_t)(to - from) * sizeof *keys->page);
    else
      status = merge_two(m, run_at(m, from, middle), run_at(m, middle, to), keys->merged + from);
  }
  uint64_t **page = keys->page;
  keys->page = keys->merged;
  keys->merged = page;
  return status;
}

Status mlm_key_pages_merge(KeyPages *keys, uint64_t run, uint64_t *inversions, const Host *host) {
  Merge m = {.keys = keys, .host = host, .spares = MLM_SPARE_PAGES, .count = inversions};
  if (run >= keys->pages) return MLM_OK;
  Status status = make_spare_pages(keys, host);
  if (status) return status;
  for (uint64_t i = 0; i < m.spares; i++) m.spare[i] = keys->page[keys->pages + i];
  for (; run < keys->pages && !status; run *= 2) status = merge_pairs(&m, run);
  for (uint64_t i = 0; i < MLM_SPARE_PAGES; i++) keys->page[keys->pages + i] = m.spare[i];
  if (inversions) *inversions += m.inversions;
  return status;
}

/* ---- keys ---- */

/* Copies the pages from .. to - 1 to one block, or back. */
static uint64_t copy_pages(const KeyPages *keys, uint64_t from, uint64_t to, uint64_t *block, bool back) {
  uint64_t all = 0;
  for (uint64_t p = from; p < to; p++) {
    uint64_t n = mlm_key_page_records(keys, p);
    memcpy(back ? keys->page[p] : block + all, back ? block + all : keys->page[p], n * sizeof *block);
    all += n;
  }
  return all;
}

/* Sorts each `run` pages, through a block if they are more than one. */
static Status sort_runs(KeyPages *keys, uint64_t run, uint64_t *block, const Host *host) {
  Status status = MLM_OK;
  for (uint64_t from = 0; from < keys->pages && !status; from += run) {
    uint64_t to = mlm_least(from + run, keys->pages), n = mlm_key_page_records(keys, from);
    if (run > 1) n = copy_pages(keys, from, to, block, false);
    status = mlm_sort_keys(run > 1 ? block : keys->page[from], (size_t)n, host);
    if (run > 1) copy_pages(keys, from, to, block, true);
    if (!status && mlm_interrupted(host)) status = MLM_INTERRUPTED;
  }
  return status;
}

Status mlm_key_pages_sort(KeyPages *keys, const Host *host) {
  uint64_t run = keys->per_page < SORTED_KEYS ? SORTED_KEYS / keys->per_page : 1;
  uint64_t *block = NULL;
  if (run > 1) block = host->realloc(NULL, (mlm_least(run * keys->per_page, keys->n) + 1) * sizeof *block);
  Status status = run > 1 && !block ? MLM_NOMEM : sort_runs(keys, run, block, host);
  host->free(block);
  return status ? status : mlm_key_pages_merge(keys, run, NULL, host);
}

void mlm_key_pages_settle(KeyPages *keys) {
  uint64_t next = keys->pages;
  for (uint64_t p = 0; p < keys->pages && keys->made[0]; p++) {
    if (keys->page[p] != keys->made[0] && keys->page[p] != keys->made[1]) continue;
    while (keys->page[next] == keys->made[0] || keys->page[next] == keys->made[1]) next++;
    uint64_t *made = keys->page[p], *own = keys->page[next];
    memcpy(own, made, mlm_key_page_records(keys, p) * keys->width * sizeof *own);
    keys->page[p] = own;
    keys->page[next] = made;
  }
}
