# RSQLite: rsqlite.R DATABASE QUERY LIBRARY
arguments <- commandArgs(trailingOnly = TRUE)
db <- DBI::dbConnect(RSQLite::SQLite(), arguments[1], loadable.extensions = TRUE)
invisible(DBI::dbGetQuery(db, "SELECT load_extension(?)", params = list(arguments[3])))
cat(DBI::dbGetQuery(db, "SELECT sqlite_version()")[[1]], "\n", sep = "")
write.table(DBI::dbGetQuery(db, arguments[2]), sep = "|", quote = FALSE, row.names = FALSE, col.names = FALSE)
