/* Keys in a chunk of a score set, one allocation; SQLite refuses more than 2 GiB. Tests make it small, and
 * with it the sizes of pages and blocks, and the rows between two polls of the host. */
#ifndef MLM_CHUNK_KEYS_H
#define MLM_CHUNK_KEYS_H

#ifndef MLM_CHUNK_KEYS
#define MLM_CHUNK_KEYS (1 << 27)
#endif

#endif
