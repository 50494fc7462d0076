/* The nodes and weights of the quadrature behind the tails. */
#ifndef MLM_LEGENDRE_TABLE_H
#define MLM_LEGENDRE_TABLE_H

enum { LEGENDRE_NODES = 40 };

typedef struct LegendreNode {
  double at, weight;
} LegendreNode;

extern const LegendreNode mlm_legendre_table[LEGENDRE_NODES];

#endif
