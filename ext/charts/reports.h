/* Reports: one HTML page that needs nothing else, of all series of a keyed state. */
#ifndef MLM_REPORTS_H
#define MLM_REPORTS_H

#include "charts/page.h"
#include "metric.h"

/* Each writes the whole page; the title may be NULL. */
Status mlm_report_scores(const Page *page, const Keyed *keyed, const char *title);
Status mlm_report_classes(const Page *page, const Keyed *keyed, const char *title);
Status mlm_report_preds(const Page *page, const Keyed *keyed, const char *title);

#endif
