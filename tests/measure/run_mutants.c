/* Runs test programs on a tree that holds all mutants at once (schemata.c), and says which mutants they find.
 *
 *   run_mutants note UNITS FOLDER SLOWEST
 *
 * runs each unit, a line of UNITS with a program and its arguments, without a mutant, and keeps in the folder
 * which statements it reached, if that is not known since the program or the library was made. Prints the
 * milliseconds of processor time that each took, and the unit: minus the limit if it takes more than SLOWEST
 * seconds, or five times that if it is no part but a whole program; those that fail are left out, with a
 * word.
 *
 *   run_mutants run TIMED FOLDER SAMPLE
 *
 * reads what the other printed, and mutants as `mutate list` prints them, each with its number in front. For
 * each it runs the units that reach its statement, until one prints a failure, fails or takes six times its
 * time and half a second; one for which there is not enough patience left is cut short, and says nothing. It
 * prints the verdicts, each in front of what is known of the mutant: killed by …, survived, or passed: as
 * many units as there is patience for. In the environment: PATIENCE, in seconds a mutant; UNTIL, the time to
 * end; both JOB and JOBS, to take a share of the lines. Of a mutant outside functions the command PUT makes
 * the library and the programs.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "checked.h"
#include "mutant_numbers.h"

enum { MOST_UNITS = 8192, MOST_ARGS = 8 };

/* What a unit found: in how many of the mutants that it ran on. */
typedef struct Yield {
  int ran, found;
} Yield;

typedef struct Unit {
  char *command, *args[MOST_ARGS];
  long ms;              /* negative: more than that */
  long found_ms;        /* of all runs that found a mutant */
  unsigned char *notes; /* a bit for each statement */
  Yield all, file;
  int *tried;      /* parts of its program that have been run on the mutant at hand */
  Yield *function; /* of each function of the file at hand */
} Unit;

static Unit units[MOST_UNITS];
static int n_units;

/* Units of one program share what its first one has. */
static int *tried_by(const Unit *unit) {
  for (const Unit *other = units; other < unit; other++)
    if (strcmp(other->args[0], unit->args[0]) == 0) return other->tried;
  return checked(calloc(1, sizeof(int)));
}

/* The line is kept, and the words of the command are cut apart in a copy. */
static Unit *add_unit(const char *command) {
  if (n_units == MOST_UNITS) fputs("run_mutants: more parts of programs than MOST_UNITS\n", stderr), exit(2);
  Unit *unit = &units[n_units++];
  unit->command = checked(strdup(command));
  char *words = checked(strdup(command));
  int n = 0;
  for (char *word = strtok(words, " "); word && n < MOST_ARGS - 1; word = strtok(NULL, " "))
    unit->args[n++] = word;
  unit->tried = tried_by(unit);
  return unit;
}

/* Where the notes of a unit are kept. */
static void note_path(const Unit *unit, const char *folder, char path[4096]) {
  int n = snprintf(path, 4096, "%s/", folder);
  for (const char *c = unit->command; *c && n < 4090; c++) path[n++] = isalnum((unsigned char)*c) ? *c : '.';
  path[n] = 0;
}

/* ---- one run of a program ---- */

typedef struct Run {
  bool right, late; /* it printed no failure and ended with status 0; its time was up */
  long ms;          /* of processor time */
} Run;

/* Whether a line of a program says nothing of a failure. */
static bool is_usual(const char *line) {
  const char *left_out = strstr(line, " left out\n");
  return strncmp(line, "skipped: ", 9) == 0 || strstr(line, " passed, ") || (left_out && !left_out[10]);
}

/* Whether all lines of a program are usual. Once one is not, or time is up, the rest is not read. */
static bool listen(int from, long wall_ms) {
  static char text[1 << 16];
  size_t n = 0;
  struct timespec start, now;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (;;) {
    clock_gettime(CLOCK_MONOTONIC, &now);
    long left = wall_ms - (now.tv_sec - start.tv_sec) * 1000 - (now.tv_nsec - start.tv_nsec) / 1000000;
    struct pollfd wait_for = {.fd = from, .events = POLLIN};
    if (left <= 0 || poll(&wait_for, 1, (int)left) <= 0) return false;
    ssize_t got = read(from, text + n, sizeof text - 1 - n);
    if (got <= 0) return got == 0;
    text[n += (size_t)got] = 0;
    char *line = text;
    for (char *end; (end = strchr(line, '\n')); line = end + 1) {
      char after = end[1];
      end[1] = 0;
      bool usual = is_usual(line);
      end[1] = after;
      if (!usual) return false;
    }
    n -= (size_t)(line - text);
    memmove(text, line, n + 1);
    if (n == sizeof text - 1) return false;
  }
}

/* In the child: the limits, which stay over exec(). */
static void become(const Unit *unit, int out, long limit_ms) {
  int nothing = open("/dev/null", O_RDONLY);
  setpgid(0, 0);
  dup2(nothing, 0);
  dup2(out, 1);
  dup2(out, 2);
  const struct rlimit memory = {8000000000, 8000000000}, no_core = {0, 0};
  setrlimit(RLIMIT_AS, &memory);
  setrlimit(RLIMIT_CORE, &no_core);
  const struct itimerval time = {.it_value = {limit_ms / 1000, limit_ms % 1000 * 1000}};
  setitimer(ITIMER_PROF, &time, NULL);
  execv(unit->args[0], unit->args);
  _exit(127);
}

static Run run(const Unit *unit, long limit_ms) {
  int ends[2], status;
  struct rusage used;
  if (pipe(ends)) perror("pipe"), exit(2);
  pid_t child = fork();
  if (child < 0) perror("fork"), exit(2);
  if (child == 0) {
    close(ends[0]);
    become(unit, ends[1], limit_ms);
  }
  setpgid(child, child);
  close(ends[1]);
  bool usual = listen(ends[0], 20000 + 20 * limit_ms);
  close(ends[0]);
  if (!usual) kill(-child, SIGKILL);
  while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {}
  kill(-child, SIGKILL); /* what it left running */
  long ms = (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000
            + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
  return (Run){usual && WIFEXITED(status) && WEXITSTATUS(status) == 0,
               WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF, ms};
}

/* ---- what each unit reaches ---- */

static bool is_newer(const char *a, const struct stat *b) {
  struct stat of;
  return stat(a, &of) == 0 && of.st_mtime > b->st_mtime;
}

/* The time that a unit took when its notes were made is kept beside them: 0 if it failed, and with a minus
 * the limit if that was less. Returns UNKNOWN where there is none. */
enum { UNKNOWN = -1 };
static long known_ms(const Unit *unit, const char *path) {
  char timed[4200];
  struct stat made;
  long ms = UNKNOWN;
  snprintf(timed, sizeof timed, "%s.ms", path);
  if (stat(path, &made) || is_newer(unit->args[0], &made) || is_newer("build/mlmetrics.so", &made))
    return UNKNOWN;
  FILE *in = fopen(timed, "rb");
  if (in && fscanf(in, "%ld", &ms) != 1) ms = UNKNOWN;
  if (in) fclose(in);
  return ms;
}

static long note(const Unit *unit, const char *path, long slowest) {
  char timed[4200];
  unlink(path);
  setenv("MLM_NOTES", path, 1);
  Run it = run(unit, slowest * 1000);
  unsetenv("MLM_NOTES");
  long ms = it.right ? it.ms + 1 : it.late ? -slowest * 1000 : 0;
  snprintf(timed, sizeof timed, "%s.ms", path);
  FILE *out = opened(timed, "wb");
  fprintf(out, "%ld\n", ms);
  fclose(out);
  return ms;
}

static bool time_is_up(void) {
  const char *until = getenv("UNTIL");
  return until && time(NULL) >= atol(until);
}

/* Whether line i of a list, from 1, is this process's share: JOB of JOBS, if both are set. */
static bool is_mine(long i) {
  const char *job = getenv("JOB"), *jobs = getenv("JOBS");
  if (!job || !*job || !jobs || atol(jobs) < 1) return true;
  return i % atol(jobs) == atol(job) % atol(jobs);
}

/* A whole program that finds a mutant mostly does so long before its end. */
enum { PROGRAM_LIMITS = 5 };

static void note_all(const char *folder, long slowest) {
  char path[4096];
  for (int i = 0; i < n_units && !time_is_up(); i++) {
    if (!is_mine(i)) continue;
    const long limit = units[i].args[1] ? slowest : PROGRAM_LIMITS * slowest;
    note_path(&units[i], folder, path);
    long ms = known_ms(&units[i], path);
    if (ms == UNKNOWN || (ms < 0 && -ms < limit * 1000)) ms = note(&units[i], path, limit);
    if (ms == 0)
      fprintf(stderr, "%s fails without an error put in: left out\n", units[i].command);
    else
      printf("%ld %s\n", ms > limit * 1000 ? -limit * 1000 : ms, units[i].command);
  }
}

/* ---- mutants ---- */

static void read_notes(Unit *unit, const char *folder) {
  static unsigned char bytes[MOST_STATEMENTS];
  char path[4096];
  note_path(unit, folder, path);
  FILE *in = fopen(path, "rb");
  unit->notes = checked(calloc(MOST_STATEMENTS / 8, 1));
  unit->function = checked(calloc(MOST_FUNCTIONS, sizeof *unit->function));
  if (!in) return;
  size_t n = fread(bytes, 1, sizeof bytes, in);
  fclose(in);
  for (size_t i = 0; i < n; i++)
    if (bytes[i]) unit->notes[i / 8] |= (unsigned char)(1 << i % 8);
}

/* The share of mutants that a unit may be expected to find: of this function, which what it found in the file
 * and in all files stands in for at first. */
static double promise(const Unit *unit, int function) {
  double usual = (unit->all.found + 1.) / (unit->all.ran + 4.);
  double in_file = (unit->file.found + 3 * usual) / (unit->file.ran + 3);
  const Yield *here = &unit->function[function];
  return (here->found + 2 * in_file) / (here->ran + 2);
}

/* ---- mutants outside functions ---- */

/* The status of the command that puts in a mutant, or makes a program with it. */
static int put(const char *what, const char *number) {
  static char command[16384];
  snprintf(command, sizeof command, "%s '%s' %s", getenv("PUT") ? getenv("PUT") : "false", what, number);
  int status = system(command);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

/* Puts in the mutant, whose number in the file begins at `number`: NULL, or the verdict where it cannot be
 * run. */
static const char *put_in(const char *file, const char *number) {
  char text[16];
  snprintf(text, sizeof text, "%d", atoi(number));
  int status = put(file, text);
  return status == 3 ? "same code" : status ? "no code" : NULL;
}

/* Whether a unit reaches a statement, or where that is 0 any statement of the file. In headers without
 * functions there is none to reach. */
static bool reaches(const Unit *unit, int statement, int file) {
  if (statement) return unit->notes[statement / 8] >> statement % 8 & 1;
  for (int i = file * FILE_STATEMENTS / 8; i < (file + 1) * FILE_STATEMENTS / 8; i++)
    if (unit->notes[i]) return true;
  return false;
}

/* ---- verdicts ---- */

typedef struct Turn {
  Unit *unit;
  double worth;
} Turn;

/* What a unit promises for the time that it may be expected to take: less if it finds the mutant. */
static double worth(const Unit *unit, int function) {
  double ms = (double)labs(unit->ms), finds = promise(unit, function);
  double until_found = ((double)unit->found_ms + ms) / (unit->all.found + 2);
  return finds / (finds * until_found + (1 - finds) * ms + 10);
}

/* The units that reach the statement. Returns how many. */
static int find_turns(Turn *turns, int function, int statement, int file) {
  int n = 0;
  for (int all = 0; all < 2 && n == 0; all++)
    for (int i = 0; i < n_units; i++)
      if ((all && !statement) || reaches(&units[i], statement, file))
        turns[n++] = (Turn){&units[i], worth(&units[i], function)};
  return n;
}

/* Takes the turn worth most. What one part of a program does not find, its other parts are less likely to
 * find: the k-th of them counts a k-th. */
static Unit *take_turn(Turn *turns, int *n) {
  int best = 0;
  for (int i = 1; i < *n; i++)
    if (turns[i].worth / (1 + *turns[i].unit->tried) > turns[best].worth / (1 + *turns[best].unit->tried))
      best = i;
  Unit *unit = turns[best].unit;
  ++*unit->tried;
  turns[best] = turns[--*n];
  return unit;
}

static void count(Unit *unit, int function, bool found, long ms) {
  if (found) unit->found_ms += ms;
  Yield *of[] = {&unit->all, &unit->file, &unit->function[function]};
  for (int i = 0; i < 3; i++) of[i]->ran++, of[i]->found += found;
}

/* The verdict on the mutant that MLM_MUTANT says, or that was put in. */
static const char *judge(int function, int statement, int file, long patience_ms) {
  static Turn turns[MOST_UNITS];
  static char verdict[4200];
  int n = find_turns(turns, function, statement, file);
  for (int i = 0; i < n; i++) *turns[i].unit->tried = 0;
  long spent = 0;
  bool all = true;
  while (n > 0) {
    Unit *unit = take_turn(turns, &n);
    long left = patience_ms - spent, limit = unit->ms < 0 ? -unit->ms : 500 + 6 * unit->ms;
    if (left <= 0) return "passed";
    /* The first part of a program that is tried makes it for all its parts. */
    if (!statement && *unit->tried == 1 && put(unit->args[0], "")) return "no code";
    Run it = run(unit, left < limit ? left : limit);
    bool cut_short = it.late && (unit->ms < 0 || left < limit), found = !it.right && !cut_short;
    spent += it.ms;
    count(unit, function, found, it.ms);
    all &= !cut_short;
    if (!found) continue;
    snprintf(verdict, sizeof verdict, "killed by %s", unit->command + strlen("build/tests/"));
    return verdict;
  }
  return all ? "survived" : "passed";
}

/* A line of the sample: the number, what `mutate list` prints, whose last two are the statement and the
 * function. */
static void judge_line(char *line, long patience_ms) {
  static char last_file[4096];
  char mutant[64], *file = strchr(line, '\t') + 1, *place = strrchr(line, '\t');
  size_t file_n = strcspn(file, "\t");
  int function = atoi(place + 1), number = atoi(line);
  while (*--place != '\t') {}
  int statement = atoi(place + 1);
  if (function <= 0 || function >= MOST_FUNCTIONS || statement < 0 || statement >= MOST_STATEMENTS) return;
  if (strncmp(last_file, file, file_n) != 0 || last_file[file_n]) {
    for (int i = 0; i < n_units; i++) units[i].file = (Yield){0, 0};
    snprintf(last_file, sizeof last_file, "%.*s", (int)file_n, file);
  }
  snprintf(mutant, sizeof mutant, "%d %d", number, function);
  setenv("MLM_MUTANT", mutant, 1);
  const char *verdict = statement ? NULL : put_in(last_file, file + file_n + 1);
  if (!verdict) verdict = judge(function, statement, number / FILE_MUTANTS, patience_ms);
  printf("%s\t%s", verdict, file);
  fflush(stdout);
}

static void judge_all(const char *sample, const char *folder) {
  static char line[1 << 16];
  const char *patience = getenv("PATIENCE");
  long patience_ms = patience ? (long)(1000 * atof(patience)) : 1000000000;
  FILE *in = opened(sample, "rb");
  for (int i = 0; i < n_units; i++) read_notes(&units[i], folder);
  for (long i = 1; fgets(line, sizeof line, in); i++) {
    if (time_is_up()) break;
    if (!is_mine(i)) continue;
    judge_line(line, patience_ms);
  }
  fclose(in);
}

int main(int argc, char **argv) {
  static char line[4096];
  bool notes = argc == 5 && strcmp(argv[1], "note") == 0;
  if (!notes && (argc != 5 || strcmp(argv[1], "run") != 0)) {
    fprintf(stderr, "usage: run_mutants note UNITS FOLDER SLOWEST | run TIMED FOLDER SAMPLE\n");
    return 2;
  }
  FILE *in = opened(argv[2], "rb");
  while (fgets(line, sizeof line, in)) {
    line[strcspn(line, "\n")] = 0;
    char *command = line;
    long ms = notes ? 0 : strtol(line, &command, 10);
    add_unit(command + strspn(command, " "))->ms = ms;
  }
  fclose(in);
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (notes)
    note_all(argv[3], atol(argv[4]));
  else
    judge_all(argv[4], argv[3]);
  return 0;
}
