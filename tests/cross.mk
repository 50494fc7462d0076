# The golden digests (tests/golden.c) and the tests of the core on other processors, under qemu, and by other compilers. What is
# missing is installed with apt-get; the SQLite of a foreign processor is built from the amalgamation in an npm package.
CPUS     = gcc-O0 gcc-O2 gcc-O3 clang-O0 clang-O2 clang-O3 i686 aarch64 s390x
# Those that are compared, the first with the committed digests: CPUS=s390x compares one processor.
COMPARED = gcc-O2 $(filter-out gcc-O2,$(CPUS))
FOREIGN  = i686 aarch64 s390x
UNITS    = kernels distributions number_parse number_print scores exact_sum confusion_matrix confusion_matrix_saved log_sum score_tree uint128 \
           keyed rows vector_sums double_double

CC_gcc-O0   = gcc -O0
CC_gcc-O2   = gcc -O2
CC_gcc-O3   = gcc -O3 -march=native
CC_clang-O0 = clang -O0
CC_clang-O2 = clang -O2
CC_clang-O3 = clang -O3 -march=native
CC_i686     = i686-linux-gnu-gcc -O2 -m32 -msse2 -mfpmath=sse
CC_aarch64  = aarch64-linux-gnu-gcc -O2
CC_s390x    = s390x-linux-gnu-gcc -O2
RUN_i686    = qemu-i386-static
RUN_aarch64 = qemu-aarch64-static
RUN_s390x   = qemu-s390x-static
CPU_NEEDS   = gcc:gcc clang:clang i686-linux-gnu-gcc:gcc-i686-linux-gnu /usr/i686-linux-gnu/include/string.h:libc6-dev-i386-cross \
              aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu /usr/aarch64-linux-gnu/include/string.h:libc6-dev-arm64-cross \
              s390x-linux-gnu-gcc:gcc-s390x-linux-gnu /usr/s390x-linux-gnu/include/string.h:libc6-dev-s390x-cross \
              qemu-s390x-static:qemu-user-static npm:npm

CPU_FLAGS   = -std=c11 -ffp-contract=off -fno-math-errno -D_DEFAULT_SOURCE -DSQLITE_CORE -Iinclude -Iext -Itests
CPU_SOURCES = $(GLUE_SOURCES) $(CORE_SOURCES)

.PHONY: cpus cpus-units cpus-digests cpus-tests
## make cpus: compares the golden digests by gcc and clang at several -O, and for i686, aarch64 and s390x
cpus:
	@$(call with,comparing processors,$(CPU_NEEDS),cpus-digests)
cpus-digests: $(COMPARED:%=$(BUILD)/cpus/%/golden)
	@$(BUILD)/cpus/gcc-O2/golden
	@{ $(foreach cpu,$(COMPARED),printf '%-9s %s\n' $(cpu) "$$($(RUN_$(cpu)) $(BUILD)/cpus/$(cpu)/golden digest)";) } | \
	  awk '{ print; fflush() } NR == 1 { first = $$2 } NF != 2 || length($$2) != 64 || $$2 != first { differs = 1 } \
	  END { if (differs) print "they differ: compare the output of `golden queries`"; exit differs }'
## make cpus-units: runs the tests of the core for i686, aarch64 and s390x
cpus-units:
	@$(call with,testing other processors,$(CPU_NEEDS),cpus-tests)
cpus-tests: $(foreach cpu,$(FOREIGN),$(UNITS:%=$(BUILD)/cpus/$(cpu)/%))
	@status=0; $(foreach cpu,$(FOREIGN),for unit in $(UNITS); do \
	  printf '%-8s %-14s %s\n' $(cpu) $$unit "$$($(RUN_$(cpu)) $(BUILD)/cpus/$(cpu)/$$unit | tail -n 1)"; done | \
	  awk '{ print } !/ 0 failed$$/ { failed = 1 } END { exit failed }' || status=1;) exit $$status

# A machine's objects and programs: with an SQLite of its own, or with the host's where that is its own.
define machine
$(BUILD)/cpus/$(1)/%.o: ext/%.c $(HEADERS) $(2)
	@mkdir -p $$(@D) && $(CC_$(1)) $(CPU_FLAGS) $(3) -c -o $$@ $$<
$(BUILD)/cpus/$(1)/%: tests/%.c tests/unit.c $(HEADERS) $(wildcard tests/*.h) tests/golden_tables.c tests/interval_methods.c $(CPU_SOURCES:ext/%.c=$(BUILD)/cpus/$(1)/%.o) $(2)
	$$(call run,CC,$$@) $(CC_$(1)) $(CPU_FLAGS) $(3) -o $$@ $$(filter-out %/golden_tables.c %/interval_methods.c,$$(filter %.c,$$^)) \
	  $$(if $$(filter golden,$$*),tests/golden_tables.c tests/interval_methods.c) $$(filter %.o,$$^) $(if $(2),,$(SQLITE)) -lpthread -lm
endef
.SECONDARY: $(foreach cpu,$(COMPARED),$(CPU_SOURCES:ext/%.c=$(BUILD)/cpus/$(cpu)/%.o))
define foreign
$(BUILD)/cpus/$(1)/sqlite3.o: $(SQLITE_SOURCE)
	@mkdir -p $$(@D)
	$$(call run,CC,$$@) $(CC_$(1)) -O1 -w -DSQLITE_OMIT_LOAD_EXTENSION -c -o $$@ $$<
endef
$(foreach cpu,$(FOREIGN),$(eval $(call foreign,$(cpu))))
$(foreach cpu,$(FOREIGN),$(eval $(call machine,$(cpu),$(BUILD)/cpus/$(cpu)/sqlite3.o,-static -I$(dir $(SQLITE_SOURCE)))))
$(foreach cpu,$(filter-out $(FOREIGN),$(COMPARED)),$(eval $(call machine,$(cpu))))
