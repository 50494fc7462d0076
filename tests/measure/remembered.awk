# Counts what is remembered of mutants, by folder: the memory, then the list of all mutants.
BEGIN { FS = "\t" }
function folder(file) { sub(/\/[^\/]*$/, "", file); return file }
FILENAME ~ /mutants.tsv$/ {
  at = folder($1)
  for (i = 1; i <= length($4); i++) { letter = substr($4, i, 1); had[at, letter]++; had["all", letter]++ }
  next
}
{ of[folder($1)]++; of["all"]++ }
function row(at,   killed, alive) {
  killed = had[at, "k"]; alive = had[at, "s"] + had[at, "p"]
  printf "%-12s %6d mutants: %d killed, %d survived, %d passed the programs tried, %d explained, %d with the same object code, %d that do not compile, %d not run; killed %s\n",
    at, of[at], killed, had[at, "s"], had[at, "p"], had[at, "e"], had[at, "="], had[at, "-"],
    of[at] - killed - alive - had[at, "e"] - had[at, "="] - had[at, "-"], killed + alive ? sprintf("%.1f %%", 100 * killed / (killed + alive)) : "-"
  return killed >= 0.99 * (killed + alive)
}
END {
  n = split("ext ext/base ext/math ext/state ext/metrics ext/charts", name, " ")
  for (i = 1; i <= n; i++) if (of[name[i]]) row(name[i])
  exit !row("all")
}
