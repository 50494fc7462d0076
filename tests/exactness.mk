# make exactness [EXACT_ROWS=10000000]: the losses of that many rows, everyday and hostile, against MPFR, and their means against integers of
# GMP (Debian: libmpfr-dev); prints the worst error of each in ulp.
EXACT_ROWS = 10000000
EXACTNESS  = $(B)/exactness

.PHONY: exactness
exactness: $(EXACTNESS)
	@$(EXACTNESS) $(EXACT_ROWS)
$(EXACTNESS): tests/oracle/exactness.c tests/random.h $(STATIC)
	@$(SAY) $@ && $(CC) $(CFLAGS) -D_DEFAULT_SOURCE -o $@ $< $(STATIC) $(SQLITE) -lmpfr -lgmp -lpthread -ldl -lm
