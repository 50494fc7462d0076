// rusqlite with its feature load_extension: rusqlite DATABASE QUERY LIBRARY
use rusqlite::{types::Value, Connection, LoadExtensionGuard, Result};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let db = Connection::open(&arguments[1])?;
    unsafe {
        let _guard = LoadExtensionGuard::new(&db)?;
        db.load_extension(&arguments[3], None)?;
    }
    println!("{}", rusqlite::version());
    let mut statement = db.prepare(&arguments[2])?;
    let n = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values: Result<Vec<String>> = (0..n)
            .map(|i| {
                Ok(match row.get(i)? {
                    Value::Integer(value) => value.to_string(),
                    Value::Text(value) => value,
                    value => format!("{:?}", value),
                })
            })
            .collect();
        println!("{}", values?.join("|"));
    }
    Ok(())
}
