// github.com/mattn/go-sqlite3: mattn DATABASE QUERY LIBRARY
package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
)

func main() {
	sql.Register("sqlite3_mlmetrics", &sqlite3.SQLiteDriver{Extensions: []string{os.Args[3]}})
	db, err := sql.Open("sqlite3_mlmetrics", os.Args[1])
	check(err)
	var version string
	check(db.QueryRow("SELECT sqlite_version()").Scan(&version))
	fmt.Println(version)
	rows, err := db.Query(os.Args[2])
	check(err)
	columns, err := rows.Columns()
	check(err)
	for rows.Next() {
		values := make([]string, len(columns))
		into := make([]interface{}, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		check(rows.Scan(into...))
		fmt.Println(strings.Join(values, "|"))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
