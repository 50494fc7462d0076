# make hosts: the suite against the SQLite versions that some npm packages carry, from 3.15, which must be refused, to the newest
# (npm, which fetches the packages by name; a compiler). What was fetched and built stays in $(B)/hosts.
.PHONY: hosts
hosts: all
	@tests/sqlite_versions.sh $(B)

# A library that exports every name our archive has: tests/loading.c loads it beside ours.
CLASH = $(B)/tests/clash.$(SUFFIX)
$(B)/tests/loading: | $(CLASH)
$(CLASH): $(STATIC)
	@$(SAY) $@ && { echo 'void abort(void);'; nm -g $(STATIC) | awk '$$NF ~ /^_?mlm_/ && $$(NF-1) ~ /[A-TV-Z]/ {sub(/^_/, "", $$NF); print $$NF}' | \
	  sort -u | awk '{print "void " $$1 "(void);\nvoid " $$1 "(void) { abort(); }"}'; \
	  echo 'int sqlite3_clash_init(void);'; echo 'int sqlite3_clash_init(void) { return 0; }'; } >$(B)/tests/clash.c
	@$(CC) -fPIC -shared -o $@ $(B)/tests/clash.c
