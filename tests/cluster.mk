# A cluster that computes with mlmetrics.
.PHONY: cluster
## make cluster: runs three dqlite nodes and kills the leader in the middle of inserts: the same bits from each; ends with "N passed, N failed"
cluster: all preload
	@tests/cluster/run.sh $(PRELOAD) $(BUILD)/mlmetrics
