# Builds mlmetrics, runs its demo and its tests, and installs it. `make help` lists the targets.
# CC, CFLAGS, CPPFLAGS and LDFLAGS are honoured, from the command line or the environment. V=1 shows the commands.
CFLAGS    ?= -O2
PREFIX    ?= /usr/local
LIBDIR     = $(PREFIX)/lib
INCLUDEDIR = $(PREFIX)/include
MANDIR     = $(PREFIX)/share/man
# The folder for everything that is made.
BUILD      = build
# What the test programs link SQLite from: a library, or the object file of an amalgamation.
SQLITE     = -lsqlite3
# How many test programs run at a time.
JOBS       = 2

# A formula for another kind of state and a function that no header declares are errors with every compiler, not warnings.
WARNINGS     = -Wall -Wextra -Wpedantic -Wshadow -Wmissing-prototypes -Wno-unused-parameter \
               -Werror=incompatible-pointer-types -Werror=implicit-function-declaration
MLM_CPPFLAGS = -Iinclude -Iext
# Behind the user's flags, because results must have the same bits everywhere and no name may leak.
MLM_CFLAGS   = -std=c11 -fPIC -fvisibility=hidden -fno-fast-math -ffp-contract=off -fno-math-errno
COMPILE      = $(CC) $(MLM_CPPFLAGS) $(CPPFLAGS) $(WARNINGS) $(CFLAGS) $(MLM_CFLAGS) -MMD -MP
LINK         = $(CC) $(CFLAGS) $(LDFLAGS)
SYSTEM      := $(shell uname -s)
SYSTEM_LIBS  = -lpthread -ldl -lm
ifeq ($(SYSTEM),Darwin)
SHARED_FLAGS = -dynamiclib -undefined dynamic_lookup
SUFFIX       = dylib
else ifneq ($(findstring NT,$(SYSTEM)),)
SHARED_FLAGS = -shared
SUFFIX       = dll
SYSTEM_LIBS  = -lpthread -lm
# What the tests share that needs dlopen(), which Windows does not have.
NOT_SHARED   = tests/api_table
else
SHARED_FLAGS = -shared -Wl,-z,defs -Wl,-z,nodelete -Wl,--as-needed
SUFFIX       = so
endif
# $(call run,CC,file) before a command: says what is made, or with V=1 has make show the command; with -s neither.
run = $(if $(V),,@$(if $(findstring s,$(firstword -$(MAKEFLAGS))),,printf '%-4s %s\n' $(1) $(2) &&))

# The folders of the core hold no SQLite. The files of ext/ itself are compiled twice: to call SQLite through the table that a loadable
# extension is given, and directly, for the archive.
CORE         = base math state metrics charts
CORE_SOURCES = $(foreach folder,$(CORE),$(sort $(wildcard ext/$(folder)/*.c)))
GLUE_SOURCES = $(sort $(wildcard ext/*.c))
HEADERS      = $(wildcard include/*.h ext/*.h $(CORE:%=ext/%/*.h))
CORE_OBJS    = $(CORE_SOURCES:ext/%.c=$(BUILD)/%.o)
GLUE_OBJS    = $(GLUE_SOURCES:ext/%.c=$(BUILD)/load/%.o)
STATIC_OBJS  = $(GLUE_SOURCES:ext/%.c=$(BUILD)/link/%.o)
LIBRARY      = $(BUILD)/mlmetrics.$(SUFFIX)
# Under what name the library is installed: distributions call theirs mod_mlmetrics.
MODULE       = $(notdir $(LIBRARY))
ARCHIVE      = $(BUILD)/libmlmetrics.a
# A test program is a file of tests/ that has no header beside it; what has one is shared by the programs.
SHARED_NAMES = $(filter $(patsubst %.h,%,$(wildcard tests/*.h)),$(patsubst %.c,%,$(wildcard tests/*.c)))
SHARED_OBJS  = $(patsubst %,$(BUILD)/%.o,$(filter-out $(NOT_SHARED),$(SHARED_NAMES)))
TESTS        = $(filter-out $(SHARED_NAMES:%=$(BUILD)/%),$(patsubst %.c,$(BUILD)/%,$(wildcard tests/*.c)))

.PHONY: all setup demo test amalgamation install uninstall clean help force
## Build
## make: builds the loadable library and the static archive; installs nothing
all: $(LIBRARY) $(ARCHIVE)
## make setup: installs what is missing of a C compiler, SQLite's headers and library, and the sqlite3 shell
setup:
	@CC="$(CC)" tests/setup
## make demo: loads the demo tables into build/demo.db and prints a scoring report of them
demo: setup
	@$(MAKE) --no-print-directory all
	@tests/demo.sh $(BUILD)
## make test: builds and runs all of the tests; ends with "N passed, N failed"
test: setup
	@$(MAKE) --no-print-directory run-tests
## make amalgamation: writes the extension as one file, build/mlmetrics.c, and its header beside it
amalgamation: $(BUILD)/mlmetrics.c $(BUILD)/mlmetrics.h
## make install: installs library, archive, header, mlmetrics.pc and man page; honours DESTDIR, PREFIX, LIBDIR, INCLUDEDIR, MANDIR
install: all $(BUILD)/install/mlmetrics.pc $(BUILD)/install/mlmetrics.7
	mkdir -p "$(DESTDIR)$(LIBDIR)/pkgconfig" "$(DESTDIR)$(INCLUDEDIR)" "$(DESTDIR)$(MANDIR)/man7"
	cp $(LIBRARY) "$(DESTDIR)$(LIBDIR)/$(MODULE)"
	cp $(ARCHIVE) "$(DESTDIR)$(LIBDIR)/"
	cp include/mlmetrics.h "$(DESTDIR)$(INCLUDEDIR)/"
	cp $(BUILD)/install/mlmetrics.pc "$(DESTDIR)$(LIBDIR)/pkgconfig/"
	cp $(BUILD)/install/mlmetrics.7 "$(DESTDIR)$(MANDIR)/man7/"
## make uninstall: removes what `make install` installed
uninstall:
	rm -f "$(DESTDIR)$(LIBDIR)/$(MODULE)" "$(DESTDIR)$(LIBDIR)/$(notdir $(ARCHIVE))" "$(DESTDIR)$(INCLUDEDIR)/mlmetrics.h" \
	  "$(DESTDIR)$(LIBDIR)/pkgconfig/mlmetrics.pc" "$(DESTDIR)$(MANDIR)/man7/mlmetrics.7"
## make clean: removes the folder of everything that was made
clean:
	rm -rf $(BUILD)
## make help: lists the targets
help:
	@sed -n 's/^## //p' $(filter Makefile %.mk,$(MAKEFILE_LIST)) | sed 's/: /|/' | \
	  awk -F '|' '{ if (NF > 1) printf "  %-24s %s\n", $$1, $$2; else print (NR > 1 ? "\n" : "") $$1 }'

$(LIBRARY): $(GLUE_OBJS) $(CORE_OBJS)
	$(call run,LINK,$@) $(LINK) $(SHARED_FLAGS) -o $@ $^ -lm
$(ARCHIVE): $(STATIC_OBJS) $(CORE_OBJS)
	@rm -f $@
	$(call run,AR,$@) $(AR) rcs $@ $^
$(CORE_OBJS): $(BUILD)/%.o: ext/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$<) $(COMPILE) -c -o $@ $<
$(GLUE_OBJS): $(BUILD)/load/%.o: ext/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$<) $(COMPILE) -c -o $@ $<
$(STATIC_OBJS): $(BUILD)/link/%.o: ext/%.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call run,CC,$<) $(COMPILE) -DSQLITE_CORE -c -o $@ $<
# Written under a name of this process, so that two makes in one tree do not write into the same file.
$(BUILD)/mlmetrics.c: ext/packages/amalgamation/amalgamate.pl $(CORE_SOURCES) $(GLUE_SOURCES) $(HEADERS)
	@mkdir -p $(@D)
	@command -v perl >/dev/null || { echo 'The amalgamation needs perl.' >&2; exit 1; }
	$(call run,GEN,$@) perl $< -I ext -I include $(CORE_SOURCES) $(GLUE_SOURCES) >$@.$$$$ && mv $@.$$$$ $@ || { rm -f $@.$$$$; exit 1; }
$(BUILD)/mlmetrics.h: include/mlmetrics.h
	@mkdir -p $(@D)
	$(call run,GEN,$@) cp $< $@
# Holds the commands, so that everything is made anew where they change. Where SQLite's headers are missing it says so once.
$(BUILD)/flags: force
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(COMPILE) and $(LINK))' | cmp -s - $@ || { \
	  printf '#include <sqlite3ext.h>\n' | $(CC) $(CPPFLAGS) -E -o /dev/null - 2>/dev/null || { \
	  echo 'There is no compiler $(CC), or no sqlite3ext.h for it: `make setup` installs what is missing.' >&2; exit 1; }; \
	  printf '%s\n' '$(subst ','\'',$(COMPILE) and $(LINK))' >$@; }

include ext/packages/packages.mk tests/programs.mk $(filter-out tests/programs.mk,$(wildcard tests/*.mk tests/bench/*.mk))
-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d)
