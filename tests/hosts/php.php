<?php // PHP's SQLite3: php -d sqlite3.extension_dir=FOLDER php.php DATABASE QUERY
$db = new SQLite3($argv[1]);
$db->loadExtension("mlmetrics.so");
echo $db->querySingle("SELECT sqlite_version()"), "\n";
$rows = $db->query($argv[2]);
while ($row = $rows->fetchArray(SQLITE3_NUM)) echo implode("|", $row), "\n";
