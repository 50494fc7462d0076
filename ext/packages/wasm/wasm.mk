# Compiles SQLite and mlmetrics to WebAssembly with emscripten. For size, because pages download it; WebAssembly has no fused multiply-add, so
# the results keep their bits.
WASM        = $(WORK)/wasm/archive/mlmetrics.wasm
WASM_HERE   = $(PACKAGES_DIR)/wasm
EMCC        = emcc -Os -w -fno-math-errno -ffp-contract=off -I$(dir $(SQLITE_SOURCE)) -I$(BUILD)
# No files, threads and libraries; the rest of SQLite is whole. database.c has what SQLite takes from a system.
WASM_SQLITE = -DSQLITE_OS_OTHER=1 -DSQLITE_TEMP_STORE=3 -DSQLITE_THREADSAFE=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_OMIT_WAL \
              -DSQLITE_OMIT_SHARED_CACHE -DSQLITE_OMIT_DEPRECATED -DSQLITE_DEFAULT_MEMSTATUS=0 -DSQLITE_ENABLE_MATH_FUNCTIONS \
              -DHAVE_LOCALTIME_R=1 -Dlocaltime_r=mlm_localtime_r
# What mlmetrics.mjs calls.
WASM_CALLS  = malloc free prepare_v2 step reset finalize close_v2 errmsg serialize column_count column_name column_type column_int64 \
              column_double column_text column_blob column_bytes bind_null bind_int64 bind_double bind_text bind_blob
COMMA      := ,
EMPTY      :=
WASM_OURS   = open csv_open csv_feed csv_end csv_fact csv_close
WASM_NAMES  = $(subst $(EMPTY) ,$(COMMA),$(strip $(WASM_OURS:%=_mlm_%) $(WASM_CALLS:%=_sqlite3_%)))
# Undefined symbols are what mlmetrics.mjs gives; any other would be missing when tests/packages.sh runs it.
WASM_LINK   = -sSTANDALONE_WASM -sWASM_BIGINT -sALLOW_MEMORY_GROWTH=1 -sERROR_ON_UNDEFINED_SYMBOLS=0 -sWARN_ON_UNDEFINED_SYMBOLS=0
WASM_OBJS   = $(WORK)/wasm/database.o $(WORK)/wasm/csv.o $(WORK)/wasm/mlmetrics.o $(WORK)/wasm/sqlite3.o

$(WASM): $(WASM_OBJS) $(WASM_HERE)/mlmetrics.mjs $(WASM_HERE)/README.md LICENSE
	@$(call stage,$(@D)) && cp $(filter-out %.o,$^) $(@D)
	$(call run,LINK,$@) $(EMCC) $(WASM_OBJS) -o $@ --no-entry $(WASM_LINK) -sEXPORTED_FUNCTIONS=$(WASM_NAMES)
$(WORK)/wasm/sqlite3.o: $(SQLITE_SOURCE) $(WASM_HERE)/wasm.mk
	@mkdir -p $(@D)
	$(call run,CC,$@) $(EMCC) $(WASM_SQLITE) -c -o $@ $<
$(WORK)/wasm/mlmetrics.o: $(BUILD)/mlmetrics.c $(BUILD)/mlmetrics.h $(SQLITE_SOURCE)
	@mkdir -p $(@D)
	$(call run,CC,$@) $(EMCC) -DSQLITE_CORE -c -o $@ $<
$(WORK)/wasm/database.o $(WORK)/wasm/csv.o: $(WORK)/wasm/%.o: $(WASM_HERE)/%.c $(BUILD)/mlmetrics.h $(SQLITE_SOURCE)
	@mkdir -p $(@D)
	$(call run,CC,$@) $(EMCC) -c -o $@ $<
# The program of the golden digests with the same functions, for tests/packages.sh.
GOLDEN_SOURCES = tests/golden.c tests/golden_tables.c tests/interval_methods.c tests/unit.c
$(WORK)/wasm/golden.wasm: $(GOLDEN_SOURCES) $(WASM_OBJS)
	$(call run,LINK,$@) $(EMCC) -D_DEFAULT_SOURCE -DSQLITE_CORE -Iinclude -Iext -Itests $^ -o $@ $(WASM_LINK)
