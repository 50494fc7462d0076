-- The demo tables: demo.sh and the test programs fill each from the CSV file of its name.
CREATE TABLE flights(flight_id INTEGER, ts TEXT, model TEXT, label INTEGER, logit REAL, score REAL, PRIMARY KEY(flight_id, model));
CREATE TABLE breast_cancer(sample_id INTEGER, model TEXT, label INTEGER, score REAL, PRIMARY KEY(sample_id, model));
CREATE TABLE digits(sample_id INTEGER PRIMARY KEY, label INTEGER, z0 REAL, z1 REAL, z2 REAL, z3 REAL, z4 REAL, z5 REAL, z6 REAL, z7 REAL, z8 REAL, z9 REAL);
CREATE TABLE digit_tags(sample_id INTEGER, tag TEXT, label INTEGER, logit REAL, PRIMARY KEY(sample_id, tag));
CREATE TABLE diabetes(sample_id INTEGER, model TEXT, target REAL, prediction REAL, PRIMARY KEY(sample_id, model));
