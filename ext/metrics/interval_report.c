/* An interval as JSON. */
#include "metrics/interval_report.h"

void mlm_write_member(StrBuf *out, const char *key, double x) {
  mlm_str_key(out, key);
  mlm_str_number(out, x);
}

static void write_integer(StrBuf *out, const char *key, int64_t x) {
  mlm_str_key(out, key);
  mlm_str_integer(out, x);
}

static void write_text(StrBuf *out, const char *key, const char *text) {
  mlm_str_key(out, key);
  mlm_str_json_string(out, text, strlen(text));
}

void mlm_write_interval_members(StrBuf *out, const IntervalReport *report) {
  mlm_write_member(out, "value", report->value);
  mlm_write_member(out, "low", report->low);
  mlm_write_member(out, "high", report->high);
  mlm_write_member(out, "se", report->se);
  mlm_write_member(out, "level", report->level);
  write_text(out, "method", report->method);
  write_integer(out, "rows", report->rows);
  if (report->replicates > 0) {
    write_integer(out, "replicates", report->replicates);
    write_integer(out, "undefined", report->undefined);
  }
  if (report->note) write_text(out, "note", report->note);
}

void mlm_write_interval(StrBuf *out, const IntervalReport *report) {
  mlm_str_put(out, "{");
  mlm_write_interval_members(out, report);
  mlm_str_put(out, "}");
}
