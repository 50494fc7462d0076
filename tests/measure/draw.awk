# Draws `n` of the mutants of `files` (their names, with blanks or newlines between them), at random by `seed`, in the order of
# the list; all of them if n is 0.
BEGIN {
  FS = "\t"
  srand(seed)
  for (i = split(files, file, "[ \n]"); i; i--) in_part[file[i]]
}
$2 in in_part { line[++open] = $0 }
END {
  for (i = 1; i <= open && (n == 0 || taken < n); i++)
    if (n == 0 || rand() * (open - i + 1) < n - taken) { print line[i]; taken++ }
}
