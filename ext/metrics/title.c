/* The title of a chart or a report: any text. */
#include "metrics/title.h"

static size_t length_of(const char *text, size_t n) {
  const char *end = n ? memchr(text, 0, n) : NULL;
  return end ? (size_t)(end - text) : n;
}

static Status parse(const char *text, size_t n, const Host *host, void **object) {
  size_t length = length_of(text, n);
  char *kept = host->realloc(NULL, length + 1);
  if (!kept) return MLM_NOMEM;
  if (length) memcpy(kept, text, length);
  kept[length] = 0;
  *object = kept;
  return MLM_OK;
}

static bool same(const void *object, const char *text, size_t n) {
  size_t length = length_of(text, n);
  return strlen(object) == length && memcmp(object, text, length) == 0;
}

static const char *text_of(const void *object) { return object; }

/* No text is wrong, so no message lists the right ones. */
const TextParser mlm_title_parser = {.parse = parse, .same = same, .text = text_of};

const char *mlm_title_of(const Params *params) {
  return params->given >> MLM_PARAMS & 1 ? params->parsed : NULL;
}
