/* The bin that a number falls into: of equal width, or with edges that the user gives as a JSON array in
 * place of a number of bins. */
#include "metrics/edges.h"

#include "math/double_double.h"

double mlm_bin_of(double p, double bins) {
  if (p >= 1) return bins - 1;
  DoubleDouble scaled = two_product(p, bins);
  double bin = mlm_integral_part(scaled.hi);
  if (bin == scaled.hi && scaled.lo < 0) bin--; /* the product was rounded up to the edge */
  return bin; /* < bins: where p·bins was rounded up to bins, the line above corrected it */
}

enum { FEW = 256 }; /* edges, at most, of a differently written text that is compared by its numbers */

/* The numbers of an array; NULL in *at: the text is not such an array. */
static Status read_array(const char *text, size_t n, const Host *host, double **at, size_t *count) {
  size_t where;
  *at = host->realloc(NULL, (n / 2 + 1) * sizeof **at);
  if (!*at) return MLM_NOMEM;
  if (mlm_parse_array(text, n, *at, count, &where) == ARRAY_OK) return MLM_OK;
  host->free(*at);
  *at = NULL;
  return MLM_OK;
}

static bool are_edges(const double *at, size_t n) {
  for (size_t i = 1; i < n; i++)
    if (!(at[i - 1] < at[i])) return false;
  return n >= 2;
}

/* Edges, their numbers and both texts in one block. */
static Status make(const double *at, size_t count, const char *text, size_t n, const Host *host,
                   void **object) {
  StrBuf canonical = {.limit = UINT64_MAX, .host = host};
  mlm_str_array(&canonical, at, count);
  uint64_t numbers = count * sizeof *at, bytes = sizeof(Edges) + numbers + canonical.n + n + 2;
  Edges *edges = canonical.status ? NULL : host->realloc(NULL, bytes);
  if (edges) {
    char *first = (char *)(edges + 1), *own = first + numbers, *given = own + canonical.n + 1;
    memcpy(first, at, (size_t)numbers);
    memcpy(own, canonical.bytes, canonical.n);
    memcpy(given, text, n);
    own[canonical.n] = given[n] = 0;
    *edges = (Edges){.n = count, .at = (const double *)(edges + 1), .given = given, .text = own};
  }
  host->free(canonical.bytes);
  *object = edges;
  return edges ? MLM_OK : MLM_NOMEM;
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  double *at;
  size_t count = 0;
  Status status = read_array(text, n, host, &at, &count);
  if (!status && at && are_edges(at, count)) status = make(at, count, text, n, host, object);
  host->free(at);
  return status;
}

static bool is_text(const char *own, const char *text, size_t n) {
  return strlen(own) == n && memcmp(own, text, n) == 0;
}

/* Compares the bytes first: usually the edges are written as before. */
static bool same(const void *object, const char *text, size_t n) {
  const Edges *edges = object;
  double at[FEW];
  size_t count, where;
  if (is_text(edges->given, text, n) || is_text(edges->text, text, n)) return true;
  if (n / 2 + 1 > FEW || mlm_parse_array(text, n, at, &count, &where) != ARRAY_OK) return false;
  return count == edges->n && memcmp(at, edges->at, count * sizeof at[0]) == 0;
}

static const char *text_of(const void *object) { return ((const Edges *)object)->text; }

static void list(StrBuf *out) {
  mlm_str_put(out, "a number of bins, or a JSON array of two or more edges in ascending order");
}

static void hint(const char *text, size_t n, StrBuf *out) {}

const TextParser mlm_edges_parser = {
    .parse = parse, .same = same, .text = text_of, .list = list, .hint = hint};

size_t mlm_edges_up_to(const double *edge, size_t n, double x) {
  size_t low = 0, end = n;
  while (low < end) {
    size_t middle = low + (end - low) / 2;
    if (edge[middle] <= x)
      low = middle + 1;
    else
      end = middle;
  }
  return low;
}
