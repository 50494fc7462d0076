# Losses against MPFR, and their means against integers of GMP (Debian: libmpfr-dev).
EXACT_ROWS = 10000000
EXACTNESS  = $(BUILD)/exactness

.PHONY: exactness
## make exactness: measures the worst error of each loss in ulp, over EXACT_ROWS=10000000 rows, everyday and hostile
exactness: $(EXACTNESS)
	@$(EXACTNESS) $(EXACT_ROWS)
$(EXACTNESS): tests/oracle/exactness.c tests/random.h $(ARCHIVE)
	$(call run,LINK,$@) $(COMPILE) $(LDFLAGS) -D_DEFAULT_SOURCE -o $@ $< $(ARCHIVE) $(SQLITE) -lmpfr -lgmp -lpthread -ldl -lm
