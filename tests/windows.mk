# The library for Windows on x86-64, built by mingw-w64, and the programs that compare results, run under wine.
WINDOWS       = $(BUILD)/windows
WINDOWS_CC    = x86_64-w64-mingw32-gcc
WINDOWS_TESTS = golden doctest oracle
WINDOWS_MAKE  = $(MAKE) --no-print-directory BUILD=$(WINDOWS) SYSTEM=NT CC='$(WINDOWS_CC)' AR=x86_64-w64-mingw32-ar \
                CPPFLAGS=-I$(dir $(SQLITE_SOURCE)) CFLAGS=-O2 LDFLAGS=-static SQLITE=$(WINDOWS)/sqlite3.o
.PHONY: windows
## make windows: builds build/windows/mlmetrics.dll and libmlmetrics.a by mingw-w64; golden digests, pages and oracle under wine
windows:
	@if $(NEED) 'building for Windows' $(lastword $(WINDOWS_CC)):gcc-mingw-w64-x86-64 npm:npm; then \
	  $(MAKE) --no-print-directory $(WINDOWS)/sqlite3.exe && $(WINDOWS_MAKE) all $(WINDOWS_TESTS:%=$(WINDOWS)/tests/%) && \
	  if $(NEED) 'testing the build for Windows' /usr/lib/wine/wine64:wine64; then \
	    JOBS=$(JOBS) tests/windows.sh $(WINDOWS) $(WINDOWS_TESTS); fi; fi
$(WINDOWS)/sqlite3.exe: $(WINDOWS)/sqlite3.o
	$(call run,CC,$@) $(WINDOWS_CC) -O1 -w -static -I$(dir $(SQLITE_SOURCE)) -o $@ $(dir $(SQLITE_SOURCE))shell.c $<
$(WINDOWS)/sqlite3.o: $(SQLITE_SOURCE)
	@mkdir -p $(@D)
	$(call run,CC,$@) $(WINDOWS_CC) -O1 -w -DSQLITE_ENABLE_MATH_FUNCTIONS -c -o $@ $<
