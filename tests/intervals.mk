# How often intervals cover what they should.
COVERS = $(BUILD)/tests/measure/interval_coverage

.PHONY: coverage-intervals
## make coverage-intervals: measures in which share of simulated samples intervals hold the true metric; 20 minutes
coverage-intervals: all $(COVERS)
	@MLMETRICS=$(BUILD)/mlmetrics $(COVERS)
$(COVERS): $(COVERS).o $(BUILD)/tests/shared.a $(ARCHIVE)
	$(call run,LINK,$@) $(LINK) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SQLITE) -lpthread -ldl -lm
