/* What the WebAssembly build adds to SQLite and mlmetrics: databases that are opened from the bytes of a
 * file, and the time, the time zone and the random bytes that SQLite takes from an operating system.
 * JavaScript gives these; there are no files. */
#include <mlmetrics.h>
#include <string.h>
#include <time.h>

/* Functions of mlmetrics.mjs: milliseconds since 1970; fills n bytes; year, month (from 0), day, hour,
 * minute, second of a time in the zone of the browser. */
#define IMPORTED(name) __attribute__((import_module("host"), import_name(#name)))
IMPORTED(now) double host_now(void);
IMPORTED(random) void host_random(char *bytes, int n);
IMPORTED(local) void host_local(double seconds, int *fields);

struct tm *mlm_localtime_r(const time_t *seconds, struct tm *out);
sqlite3 *mlm_open(unsigned char *bytes, int n);

static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  return SQLITE_CANTOPEN;
}

static int delete_file(sqlite3_vfs *vfs, const char *name, int sync_folder) { return SQLITE_OK; }

static int has_access(sqlite3_vfs *vfs, const char *name, int flags, int *out) {
  *out = 0;
  return SQLITE_OK;
}

static int full_pathname(sqlite3_vfs *vfs, const char *name, int n, char *out) {
  sqlite3_snprintf(n, out, "%s", name);
  return SQLITE_OK;
}

static int randomness(sqlite3_vfs *vfs, int n, char *out) {
  host_random(out, n);
  return n;
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds) { return microseconds; }

/* Milliseconds since noon of 24 November 4714 BC, as SQLite counts; 1970 began 2440587.5 days later. */
static int current_time(sqlite3_vfs *vfs, sqlite3_int64 *out) {
  *out = (sqlite3_int64)host_now() + 210866760000000;
  return SQLITE_OK;
}

static int current_day(sqlite3_vfs *vfs, double *out) {
  *out = host_now() / 86400000.0 + 2440587.5;
  return SQLITE_OK;
}

static int last_error(sqlite3_vfs *vfs, int n, char *out) { return 0; }

/* SQLite calls these two in a build with SQLITE_OS_OTHER. */
int sqlite3_os_init(void) {
  static sqlite3_vfs vfs = {
      .iVersion = 2,
      .szOsFile = sizeof(sqlite3_file),
      .mxPathname = 512,
      .zName = "none",
      .xOpen = open_file,
      .xDelete = delete_file,
      .xAccess = has_access,
      .xFullPathname = full_pathname,
      .xRandomness = randomness,
      .xSleep = sleep_for,
      .xCurrentTime = current_day,
      .xGetLastError = last_error,
      .xCurrentTimeInt64 = current_time,
  };
  return sqlite3_vfs_register(&vfs, 1);
}

int sqlite3_os_end(void) { return SQLITE_OK; }

/* For the modifier 'localtime' of SQLite's date functions. */
struct tm *mlm_localtime_r(const time_t *seconds, struct tm *out) {
  int fields[6];
  host_local((double)*seconds, fields);
  *out = (struct tm){.tm_year = fields[0] - 1900,
                     .tm_mon = fields[1],
                     .tm_mday = fields[2],
                     .tm_hour = fields[3],
                     .tm_min = fields[4],
                     .tm_sec = fields[5]};
  return out;
}

/* A file in WAL mode (2 in both bytes) cannot be opened in memory, where there is no log beside it; as it
 * stands it is a whole database. */
static void leave_wal_mode(unsigned char *bytes, int n) {
  if (n < 20 || bytes[18] != 2 || bytes[19] != 2) return;
  bytes[18] = bytes[19] = 1;
}

/* A new connection; its main database is in memory: the n bytes of a file, which were allocated with
 * sqlite3_malloc() and belong to the connection from now on, or an empty one if n is 0. NULL: out of memory.
 * The caller closes it with sqlite3_close_v2(). */
sqlite3 *mlm_open(unsigned char *bytes, int n) {
  sqlite3 *db = NULL;
  int rc = sqlite3_open(":memory:", &db);
  if (rc == SQLITE_OK) rc = sqlite3_mlmetrics_init(db, NULL, NULL);
  if (n > 0 && rc == SQLITE_OK) {
    leave_wal_mode(bytes, n);
    rc = sqlite3_deserialize(db, "main", bytes, n, n,
                             SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  } else {
    sqlite3_free(bytes);
  }
  if (rc == SQLITE_OK) return db;
  sqlite3_close_v2(db);
  return NULL;
}
