# mlmetrics. make demo: a scoring report; make test: every check; make: build/mlmetrics.so and build/libmlmetrics.a.
CC     = cc
OPT    = -O2
# More flags to compile and link with, as -fsanitize=thread.
EXTRA  =
# Where everything made goes.
B      = build
# The host that the test programs are linked to: a library, or an amalgamation's sqlite3.c.
SQLITE = -lsqlite3
# Test programs run at a time.
JOBS   = 2
PREFIX = /usr/local
# == end of settings ==

WARN   = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Wno-unused-parameter
CFLAGS = -std=c11 $(OPT) -fPIC -fvisibility=hidden -ffp-contract=off -fno-math-errno $(WARN) -Iinclude -Iext -MMD -MP $(EXTRA)
SAY    = echo making
SYSTEM = $(shell uname -s)
ifeq ($(SYSTEM),Darwin)
SHARED = -dynamiclib -undefined dynamic_lookup
SUFFIX = dylib
else ifneq ($(findstring NT,$(SYSTEM)),)
SHARED = -shared
SUFFIX = dll
else
SHARED = -shared -Wl,-z,defs -Wl,-z,nodelete -Wl,--as-needed
SUFFIX = so
endif
LOAD   = $(B)/mlmetrics.$(SUFFIX)
STATIC = $(B)/libmlmetrics.a
PURE   = $(patsubst ext/%.c,$(B)/%.o,$(wildcard ext/*/*.c))
SPEAK  = $(patsubst ext/%.c,%.o,$(wildcard ext/*.c))
# What has a header is shared by the test programs.
SHARE  = $(filter $(patsubst %.h,$(B)/%,$(wildcard tests/*.h)),$(patsubst %.c,$(B)/%,$(wildcard tests/*.c)))
TESTS  = $(filter-out $(SHARE),$(patsubst %.c,$(B)/%,$(wildcard tests/*.c)))

.PHONY: all demo test install clean
all: $(LOAD) $(STATIC)

# The files that speak SQLite are compiled twice: to call the host through its table, and to be linked to it.
$(LOAD): $(SPEAK:%=$(B)/load/%) $(PURE)
	@$(SAY) $@ && $(CC) $(OPT) $(EXTRA) $(SHARED) -o $@ $^ -lm
$(STATIC): $(SPEAK:%=$(B)/link/%) $(PURE)
	@$(SAY) $@ && rm -f $@ && $(AR) rcs $@ $^
$(B)/load/%.o: ext/%.c | $(B)/ready
	@mkdir -p $(@D)
	@$(SAY) $< && $(CC) $(CFLAGS) -c -o $@ $<
$(B)/link/%.o: ext/%.c | $(B)/ready
	@mkdir -p $(@D)
	@$(SAY) $< && $(CC) $(CFLAGS) -DSQLITE_CORE -c -o $@ $<
$(PURE): $(B)/%.o: ext/%.c | $(B)/ready
	@mkdir -p $(@D)
	@$(SAY) $< && $(CC) $(CFLAGS) -c -o $@ $<
$(B)/ready: tests/setup
	@tests/setup && mkdir -p $(@D) && touch $@

demo: all
	@tests/demo.sh $(B)

# Instructions are counted of the product as it is built for users.
GUARD  = $(if $(EXTRA)$(filter-out -O2,$(OPT)),,tests/bench/instructions.sh)
test: all $(TESTS) $(if $(GUARD),bench-tools)
	@B=$(B) JOBS=$(JOBS) CC="$(CC)" MLMETRICS=$(B)/mlmetrics tests/run.sh $(B)/tests/properties $(filter-out %/properties,$(TESTS)) tests/symbols.sh $(GUARD)
# Archives, so that a program links only what it calls: those of the pure rooms need no SQLite.
$(TESTS): %: %.o $(B)/tests/shared.a $(STATIC)
	@$(SAY) $@ && $(CC) $(OPT) $(EXTRA) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SQLITE) -lpthread -ldl -lm
# One test has the score states in small chunks.
SMALL  = $(patsubst ext/%.c,$(B)/small/%.o,$(wildcard ext/state/scores*.c))
$(B)/tests/scores_small: $(SMALL)
$(SMALL): $(B)/small/%.o: ext/%.c | $(B)/ready
	@mkdir -p $(@D)
	@$(SAY) $< && $(CC) $(CFLAGS) -DMLM_CHUNK_KEYS=256 -c -o $@ $<
$(B)/tests/shared.a: $(SHARE:%=%.o)
	@$(SAY) $@ && rm -f $@ && $(AR) rcs $@ $^
$(B)/tests/%.o: tests/%.c | $(B)/ready
	@mkdir -p $(@D)
	@$(SAY) $< && $(CC) $(CFLAGS) -D_DEFAULT_SOURCE -Wno-string-concatenation -c -o $@ $<

-include $(wildcard tests/*.mk tests/bench/*.mk)

install: all
	mkdir -p "$(DESTDIR)$(PREFIX)/lib" "$(DESTDIR)$(PREFIX)/include"
	cp $(LOAD) $(STATIC) "$(DESTDIR)$(PREFIX)/lib"
	cp include/mlmetrics.h "$(DESTDIR)$(PREFIX)/include"
clean:
	rm -rf $(B)

-include $(wildcard $(B)/*/*.d $(B)/*/*/*.d)
