# Tcl: tcl.tcl DATABASE QUERY LIBRARY
package require sqlite3
lassign $argv path query library
sqlite3 db $path
db enable_load_extension 1
db eval {SELECT load_extension($library)}
puts [db onecolumn {SELECT sqlite_version()}]
db eval $query row {
  set values {}
  foreach column $row(*) { lappend values $row($column) }
  puts [join $values |]
}
