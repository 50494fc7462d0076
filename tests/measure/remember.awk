# The memory of mutants anew: a line for each function or declaration of which at least one was run, with its file, its name, the
# hash of its tokens, and a letter for each of its mutants:
#   k killed   s survived every program   p passed as many programs as there was patience for
#   e explained in equivalent.tsv to be no error   = the same object code   - does not compile   . not run
# Reads the list of all mutants, then the verdicts of a run; the variable `memory` is the file as it was, `known` equivalent.tsv, of
# which a line holds for FILE or for FILE:FUNCTION.
BEGIN {
  FS = OFS = "\t"
  while ((getline line <known) > 0) { split(line, part, FS); explained[part[1], part[2], part[3]] = 1 }
  while ((getline line <memory) > 0) { split(line, part, FS); was[part[1] FS part[2] FS part[3]] = part[4] }
}
FNR == 1 { files++ }
files == 1 && $9 > 0 {
  key = $1 FS $6 FS $7
  if (!(key in count)) { count[key] = $9; order[++n] = key }
  if (($1, $4, $5) in explained || ($1 ":" $6, $4, $5) in explained) letter[key, $8] = "e"
  next
}
{
  key = $2 FS $7 FS $8
  if (letter[key, $9] == "e" && $1 !~ /^killed/) next
  letter[key, $9] = $1 ~ /^killed/ ? "k" : $1 == "survived" ? "s" : $1 == "passed" ? "p" : $1 == "same code" ? "=" : "-"
}
END {
  for (i = 1; i <= n; i++) {
    key = order[i]
    before = length(was[key]) == count[key] ? was[key] : ""
    results = ""
    for (place = 1; place <= count[key]; place++) {
      old = before == "" ? "." : substr(before, place, 1)
      if (old == "e") old = "." # explained no longer
      new = (key, place) in letter ? letter[key, place] : old
      results = results (new == "e" && old == "k" ? "k" : new)
    }
    if (results ~ /[^.]/) print key, results
  }
}
