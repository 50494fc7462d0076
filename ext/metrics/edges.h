/* The bin that a number falls into: of equal width, or with edges that the user gives as a JSON array in
 * place of a number of bins. */
#ifndef MLM_EDGES_H
#define MLM_EDGES_H

#include "metrics/arg_specs.h"

/* The integral part of x in [0, 2^31]. */
static inline double mlm_integral_part(double x) { return (double)(int64_t)x; }

/* The bin of p in [0,1] in exact arithmetic: i/bins <= p < (i+1)/bins, and 1 in the last. */
double mlm_bin_of(double p, double bins);

/* Ascending edges e[0] < … < e[n - 1], n >= 2: n - 1 bins, of which the first and the last also hold what
 * lies beyond. In one block of memory. */
typedef struct Edges {
  size_t n;
  const double *at;
  const char *given, *text; /* as the user wrote them, and as saved states do */
} Edges;

/* Reads '[0, 0.5, 1]' into Edges. */
extern const TextParser mlm_edges_parser;

/* The edges given in the place of `bins`; NULL: a number of bins was given, or none. */
static inline const Edges *mlm_edges_of(const Params *params) {
  return params->number[0] == 0 ? params->parsed : NULL;
}

/* How many of edge[0] to edge[n - 1], ascending, are not above x. */
size_t mlm_edges_up_to(const double *edge, size_t n, double x);

#endif
