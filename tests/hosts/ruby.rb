# The sqlite3 gem: ruby.rb DATABASE QUERY LIBRARY
require "sqlite3"
db = SQLite3::Database.new(ARGV[0])
db.enable_load_extension(true)
db.load_extension(ARGV[2])
db.enable_load_extension(false)
puts db.get_first_value("SELECT sqlite_version()")
db.execute(ARGV[1]) { |row| puts row.join("|") }
