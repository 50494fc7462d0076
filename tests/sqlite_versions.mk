.PHONY: hosts
## make hosts: runs the suite against SQLite 3.15, which must be refused, to 3.53, from npm packages
hosts: all
	@tests/sqlite_versions.sh $(BUILD)
