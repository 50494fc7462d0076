/* The confusion chart: shaded counts of each pair of true and predicted class. */
#include "charts/class_charts.h"

#include "charts/display_text.h"
#include "charts/legend.h"
#include "charts/values.h"

enum { MOST_CLASSES = 12, FEW_CLASSES = 6, NAME_COLUMNS = 200, MOST_MATRICES = 6, ONE = 340, SMALL = 190 };

/* A matrix being made: which place each class has, the rarest sharing the last one. */
typedef struct Making {
  Chart *chart;
  const ConfusionMatrix *from;
  size_t classes, n; /* of the matrix; places taken */
  size_t most;       /* places */
  size_t *place;     /* of a class by rank */
  const char **name; /* by place */
  double *cell, *share;
} Making;

/* The weight of a class among predictions and labels. */
static double weight_of(const ConfusionMatrix *matrix, size_t rank) {
  ClassTotals totals;
  mlm_confusion_matrix_class(matrix, rank, &totals);
  return mlm_weight_sum_value_of_both(totals.predicted, totals.labelled);
}

/* Whether the class is among the `most` heaviest, the first of equal weight: fewer than `most` come before
 * it. */
static bool is_heavy(const Making *m, const double *weight, size_t rank, size_t most) {
  size_t heavier = 0;
  for (size_t i = 0; i < m->classes && heavier < most; i++)
    heavier += weight[i] > weight[rank] || (weight[i] == weight[rank] && i < rank);
  return heavier < most;
}

/* Chooses all classes, in their order, if they are few; else the heaviest, with one place for all others. The
 * search is quadratic, so it considers the first 4096 classes only. */
static void choose(Making *m) {
  double *weight = mlm_chart_memory(m->chart, (m->classes + 1) * sizeof *weight);
  if (!weight) return;
  bool few = m->classes <= m->most;
  for (size_t i = 0; i < m->classes; i++) weight[i] = weight_of(m->from, i);
  size_t looked_at = m->classes < 4096 ? m->classes : 4096, all = m->classes;
  m->classes = looked_at;
  for (size_t i = 0; i < looked_at; i++) {
    ClassTotals totals;
    if (!few && !is_heavy(m, weight, i, m->most - 1)) {
      m->place[i] = m->most - 1;
      continue;
    }
    mlm_confusion_matrix_class(m->from, i, &totals);
    m->name[m->n] = mlm_class_name(m->chart, &totals.name, NAME_COLUMNS);
    m->place[i] = m->n++;
  }
  m->classes = all;
  for (size_t i = looked_at; i < all; i++) m->place[i] = m->most - 1;
  if (!few) m->name[m->n++] = "other";
}

static void fill(Making *m) {
  uint64_t cursor = 0;
  PairTotal pair;
  while (mlm_confusion_matrix_next_pair(m->from, &cursor, &pair))
    m->cell[m->place[pair.label] * m->n + m->place[pair.pred]] += mlm_weight_sum_value(pair.rows);
  for (size_t i = 0; i < m->n; i++) {
    double row = 0;
    for (size_t j = 0; j < m->n; j++) row += m->cell[i * m->n + j];
    for (size_t j = 0; j < m->n; j++) m->share[i * m->n + j] = m->cell[i * m->n + j] / row;
  }
}

static const ChartMatrix *make_matrix(Chart *chart, const ConfusionMatrix *from, size_t most) {
  Making m = {.chart = chart, .from = from, .classes = mlm_confusion_matrix_classes(from), .most = most};
  const uint64_t cells = (uint64_t)MOST_CLASSES * MOST_CLASSES;
  ChartMatrix *made = mlm_chart_memory(chart, sizeof *made);
  m.place = mlm_chart_memory(chart, (m.classes + 1) * sizeof *m.place);
  m.name = mlm_chart_memory(chart, MOST_CLASSES * sizeof *m.name);
  m.cell = mlm_chart_memory(chart, cells * sizeof *m.cell);
  m.share = mlm_chart_memory(chart, cells * sizeof *m.share);
  if (!m.share) return NULL; /* the first failure fails all later ones */
  choose(&m);
  if (chart->status) return NULL;
  fill(&m);
  *made = (ChartMatrix){.n = m.n,
                        .name = m.name,
                        .cell = m.cell,
                        .share = m.share,
                        .integral = mlm_confusion_matrix_state.integral(from)};
  return made;
}

static void add_matrix(Chart *chart, const ConfusionMatrix *matrix, const char *name, double height) {
  Panel *panel = mlm_chart_panel(chart, height);
  panel->x.label = panel->y.label = "";
  panel->matrix = make_matrix(chart, matrix, height < ONE ? FEW_CLASSES : MOST_CLASSES);
  if (*name) panel->title = name;
  StrBuf text = mlm_chart_buffer(chart);
  Class least;
  if (mlm_confusion_matrix_never_agrees(matrix, &least) == MLM_INDEX_BESIDE_NAME) { /* such as clusters */
    mlm_str_put(&text, "no class in common");
  } else {
    mlm_str_put(&text, "accuracy ");
    mlm_put_fixed(&text, mlm_class_value(chart, "accuracy", matrix, 0).value, 3);
  }
  mlm_str_put(&text, mlm_confusion_matrix_state.integral(matrix) ? ", rows " : ", weight ");
  mlm_put_count(&text, mlm_confusion_matrix_total(matrix));
  mlm_add_legend(chart, name, mlm_chart_keep(chart, &text), MLM_REFERENCE);
}

void mlm_confusion_chart(Chart *chart, const StateType *type, const void *state) {
  if (type == &mlm_confusion_matrix_state) {
    add_matrix(chart, state, "", ONE);
  } else {
    const Keyed *keyed = state;
    uint32_t all = mlm_keyed_count(keyed), n = all < MOST_MATRICES ? all : MOST_MATRICES;
    chart->columns = n > 1 ? 2 : 1;
    for (uint32_t i = 0; i < n; i++) {
      const KeyedEntry *entry = mlm_keyed_at(keyed, i);
      add_matrix(chart, mlm_keyed_state(entry, NULL), mlm_key_name(chart, entry, all, NAME_COLUMNS),
                 n > 1 ? SMALL : ONE);
    }
    mlm_add_more(chart, (int)(all - n));
  }
  mlm_describe_by_legend(chart,
                         "Confusion matrix: a row for each true class, a column for each predicted one, "
                         "shaded by the share of the true class");
}
