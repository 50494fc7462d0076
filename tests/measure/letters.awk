# The mutants whose letter in the memory (see remember.awk) is one of `letters`. Reads the list of all mutants, each with its
# number in front; the variable `memory` is the file of what is remembered.
BEGIN {
  FS = "\t"
  while ((getline line <memory) > 0) { split(line, part, FS); verdicts[part[1], part[2], part[3]] = part[4] }
}
{ letter = substr(verdicts[$2, $7, $8], $9, 1); if (letter == "") letter = "." }
index(letters, letter)
