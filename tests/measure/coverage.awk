# Merges what gcov -b -c -t says of every object into one table of the files of ext/, and lists what was never reached.
# A line that ends with a comment "unreachable: why" may stay so, and so may the statement below a comment that begins with
# these words; one that is reached after all is reported.
function file_of(name) { sub(/^.*\/ext\//, "ext/", name); return name ~ /^ext\// ? name : "" }

/^ *-: *0:Source:/ { sub(/^[^:]*: *0:Source:/, ""); file = file_of($0); next }
file == "" { next }
/^ *[^ :]+: *[0-9]+:/ {
  count = $0; sub(/:.*/, "", count); gsub(/[ *]/, "", count)
  rest = $0; sub(/^[^:]*: */, "", rest)
  line = rest; sub(/:.*/, "", line); line += 0
  if (line == 0) next
  text = rest; sub(/^[0-9]+:/, "", text)
  at = file SUBSEP line
  source[at] = text
  if (line > last[file]) last[file] = line
  if (count == "-") next
  if (!(at in hits)) hits[at] = 0
  if (count ~ /^[0-9]/) hits[at] += count
  next
}
# A branch is known by its place among those of its line (calls are counted along): a file compiled twice has the same ones.
/^branch/ {
  key = at SUBSEP $2
  if (!(key in taken)) { taken[key] = 0; branches[at]++; if ($2 > highest[at]) highest[at] = $2 }
  if ($3 == "taken") taken[key] += $4
}

function percent(part, whole) { return whole ? sprintf("%.2f %%", 100 * part / whole) : "-" }
# Marks what a comment of its own covers: from the line after it to the first that ends a statement or begins a block.
function mark_statements(f,   line, text, state, first) {
  state = "" # "comment": within one that marks; "statement": below it
  for (line = 1; line <= last[f]; line++) {
    text = source[f SUBSEP line]
    if (state == "" && text ~ /^ *\/\* unreachable: /) state = "comment"
    if (state == "statement") {
      covered[f SUBSEP line] = first
      sub(/ *\/\*.*\*\/ *$/, "", text)
      if (text ~ /[;{}:]$/) state = ""
    } else if (state == "comment" && text ~ /\*\/ *$/) {
      state = "statement"
      first = line + 1
    }
  }
}
function row(name, lines, lines_hit, arms, arms_hit, excused) {
  printf "%-34s %6d %10s %8d %10s %8d\n", name, lines, percent(lines_hit, lines), arms, percent(arms_hit, arms), excused
}
END {
  printf "%-34s %6s %10s %8s %10s %8s\n", "file", "lines", "reached", "branches", "reached", "marked"
  n_files = 0
  for (f in last) name[++n_files] = f
  for (i = 2; i <= n_files; i++) { # few files: insertion sort
    f = name[i]
    for (j = i - 1; j > 0 && name[j] > f; j--) name[j + 1] = name[j]
    name[j + 1] = f
  }
  for (i = 1; i <= n_files; i++) {
    f = name[i]
    lines = lines_hit = arms = arms_hit = excused = 0
    mark_statements(f)
    split("", used)
    for (line = 1; line <= last[f]; line++) {
      at = f SUBSEP line
      marked = (at in covered) || source[at] ~ /[^ ] *\/\* unreachable: /
      if (!(at in hits)) continue
      missing = 0; which = ""
      lines++
      if (hits[at]) lines_hit++; else missing++
      arms += branches[at]
      for (b = 0; b <= highest[at]; b++)
        if ((at SUBSEP b) in taken) { if (taken[at SUBSEP b]) arms_hit++; else { missing++; which = which " " b } }
      if (marked && missing) { excused += missing; marks[++n_marks] = f ":" line ":" source[at] }
      if (at in covered) used[covered[at]] += missing
      else if (marked && !missing) wrong[++n_wrong] = f ":" line ": reached, and marked unreachable:" source[at]
      if (!marked && missing)
        wrong[++n_wrong] = f ":" line ": " (hits[at] ? "branches" which " of " highest[at] + 1 : "line") " never reached:" source[at]
    }
    for (line in used)
      if (!used[line]) wrong[++n_wrong] = f ":" line ": reached, and marked unreachable:" source[f SUBSEP line]
    row(f, lines, lines_hit, arms, arms_hit, excused)
    all_lines += lines; all_lines_hit += lines_hit; all_arms += arms; all_arms_hit += arms_hit; all_excused += excused
  }
  row("all", all_lines, all_lines_hit, all_arms, all_arms_hit, all_excused)
  if (n_marks) print "\nmarked unreachable:"
  for (i = 1; i <= n_marks; i++) print marks[i]
  if (n_wrong) print "\nnot reached:"
  for (i = 1; i <= n_wrong; i++) print wrong[i]
  printf "%d lines and branches never reached that are not marked so\n", n_wrong
  exit n_wrong > 0 || !n_files
}
