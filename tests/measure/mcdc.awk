# Of what llvm-cov show -show-mcdc says of ext/: how many conditions of decisions with two or more were shown to decide alone,
# and which were not. A function of a header is there once a file that includes it: one that shows a condition is enough.
# Conditions on a line marked "unreachable: why", or in a statement below such a comment (as in coverage.awk), may stay unshown.
# The first file lists decisions that clang does not follow.
FILENAME ~ /unfollowed$/ { unfollowed[++n_unfollowed] = $0; next }
/^[^ |].*:$/ { file = $0; sub(/:$/, "", file); path = file; sub(/^.*\/ext\//, "ext/", file); next }
/\|---> MC\/DC Decision Region \(/ {
  region = $0; sub(/^.*Region \(/, "", region); sub(/\).*$/, "", region)
  from[file] = path
  next
}
/\|     Condition C[0-9]+ --> \(/ {
  which = $0; sub(/^.*Condition /, "", which); sub(/ .*$/, "", which)
  at = $0; sub(/^.*--> \(/, "", at); sub(/\).*$/, "", at)
  key = file SUBSEP region SUBSEP which
  place[key] = at
  next
}
/\|  C[0-9]+-Pair: / {
  which = $0; sub(/^.*\|  /, "", which); sub(/-Pair.*$/, "", which)
  key = file SUBSEP region SUBSEP which
  if ($0 ~ /constant folded/) next
  if (!(key in shown)) { shown[key] = 0; order[++n] = key }
  if ($0 ~ /-Pair: covered/) shown[key] = 1
}
function percent(part, whole) { return whole ? sprintf("%.2f %%", 100 * part / whole) : "-" }
# The comment marks the lines from the one after it to the first that ends a statement or begins a block.
function source_of(file, line,   i, text, state) {
  if (!(file in read)) for (i = 1; (getline text <from[file]) > 0; i++) {
    source[file, i] = text
    if (text ~ /unreachable: /) is_marked[file, i] = 1
    if (state == "" && text ~ /^ *\/\* unreachable: /) state = "comment"
    if (state == "statement") {
      is_marked[file, i] = 1
      sub(/ *\/\*.*\*\/ *$/, "", text)
      if (text ~ /[;{}:]$/) state = ""
    } else if (state == "comment" && text ~ /\*\/ *$/) state = "statement"
  }
  read[file] = 1
  return source[file, line]
}
END {
  for (i = 1; i <= n; i++) {
    split(order[i], part, SUBSEP)
    split(place[order[i]], spot, ":")
    text = source_of(part[1], spot[1])
    if (!(part[1] in all)) name[++n_files] = part[1]
    all[part[1]]++; total++
    if (shown[order[i]]) { good[part[1]]++; total_good++; continue }
    if ((part[1], spot[1]) in is_marked) { marked[part[1]]++; total_marked++; continue }
    condition = substr(text, spot[2])
    missing[++n_missing] = part[1] ":" spot[1] ":" spot[2] ": " condition
  }
  printf "%-34s %10s %8s %10s %8s\n", "file", "conditions", "shown", "", "marked"
  for (i = 1; i <= n_files; i++)
    printf "%-34s %10d %8d %10s %8d\n", name[i], all[name[i]], good[name[i]], percent(good[name[i]], all[name[i]]), marked[name[i]]
  if (n_missing) print "\nnot shown to decide alone:"
  for (i = 1; i <= n_missing; i++) print missing[i]
  if (n_unfollowed) print "\ndecisions that this clang does not follow:"
  for (i = 1; i <= n_unfollowed; i++) {
    split(unfollowed[i], spot, ":")
    from[spot[1]] = spot[1]
    text = source_of(spot[1], spot[2])
    print unfollowed[i] ": " substr(text, spot[3])
  }
  printf "MC/DC of ext/: %d of %d conditions shown (%s), %d marked unreachable, %d not shown, %d decisions not followed\n", total_good, total,
    percent(total_good, total), total_marked, n_missing, n_unfollowed
  exit !n
}
