# The suite under sanitizers and valgrind, style and static analysis, and the expected values written anew.
PYTHON  = /usr/bin/python3
SOURCES = $(wildcard ext/*.[ch] ext/*/*.[ch] include/*.h tests/*.[ch] tests/*/*.[ch])
FLOWN   = $(filter-out %_table.c %/powers_of_ten.c,$(wildcard ext/*.c ext/*/*.c))

# The whole suite under address and undefined-behaviour sanitizers (casts of REALs that fit no integer are not among gcc's
# usual ones), in the slower build that traps signed overflow, and under
# the thread sanitizer the one program that has threads.
.PHONY: check-sanitizers check-trap check-tsan valgrind
check-sanitizers:
	$(MAKE) --no-print-directory B=$(B)/sanitize OPT='-O1 -g' \
	  EXTRA='-fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all' test
check-trap:
	$(MAKE) --no-print-directory B=$(B)/trap OPT='-O2 -g -ftrapv -D_FORTIFY_SOURCE=3 -fstack-protector-strong' test
check-tsan:
	$(MAKE) --no-print-directory B=$(B)/tsan OPT='-O1 -g' EXTRA=-fsanitize=thread all $(B)/tsan/tests/threads
	@MLMETRICS=$(B)/tsan/mlmetrics $(B)/tsan/tests/threads
# The programs that speak SQL, with few rows; every error and every leak counts.
valgrind: all $(TESTS)
	@B=$(B) JOBS=$(JOBS) MLMETRICS=$(B)/mlmetrics PROPERTY_ROWS=30 \
	  RUN='valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect' \
	  tests/run.sh $(filter %/properties %/doctest %/embed %/threads %/oracle,$(TESTS))

# Style and static analysis, where the tools are installed.
.PHONY: lint oracle
lint:
	@B=$(B) JOBS=$(JOBS) FLOWN="$(FLOWN)" tests/lint.sh $(SOURCES)

# Writes the expected values anew (Debian: python3-torch python3-sklearn python3-mpmath).
oracle:
	@cd tests/oracle && for family in activations losses decisions ranking calibration curves classes; do $(PYTHON) $$family.py || exit 1; done
