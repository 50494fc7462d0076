/* Score sets made of others. */
#include "state/scores_relabel.h"

#include "state/scores_keys.h"
#include "state/scores_save.h"

typedef struct Relabelling {
  Scores *into;
  int label;
  const Host *host;
} Relabelling;

static Status add_row(void *context, double score, int label, double weight, int64_t count) {
  const Relabelling *to = context;
  return mlm_scores_put(to->into, mlm_encode_score(score), to->label, weight, count, to->host);
}

Status mlm_scores_relabel(Scores *into, const Scores *from, int label, const Host *host) {
  Relabelling to = {into, label, host};
  into->left_out = from->left_out;
  return mlm_scores_visit(from, add_row, &to);
}

void mlm_scores_write_set(const Scores *scores, Writer *out) {
  mlm_write_header(out, mlm_scores_state.name);
  mlm_write_varint(out, 0); /* parameters */
  mlm_scores_save(scores, out);
  mlm_write_end(out);
}
