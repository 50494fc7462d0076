# The numbers of mutants whose object code is that of the function as it is, from `objdump -dr` of objects with -ffunction-sections.
# A mutant in a header must be the same in each object that has it.
function finish() {
  if (number == "as_is") as_is[name] = code
  else if (number != "") { of[number] = name; codes[number] = code }
  name = number = code = ""
}
function finish_object(   i) {
  finish()
  for (i in codes) if (codes[i] == as_is[of[i]]) { if (!(i in differs)) same[i] } else { differs[i]; delete same[i] }
  delete as_is; delete of; delete codes
}
/file format/ { finish_object(); next }
/^[0-9a-f]+ <.*>:$/ {
  finish()
  label = substr($2, 2, length($2) - 3)
  if (match(label, /__(as_is|[0-9]+)$/)) { name = substr(label, 1, RSTART - 1); number = substr(label, RSTART + 2) }
  next
}
number != "" && NF && !/^Disassembly/ { gsub("<" label "[+>]", "<+"); code = code $0 "\n" }
END { finish_object(); for (i in same) print i }
