#!/bin/sh
# Runs the fuzzers $3… in the folder $1 for $2 seconds each, one after the other, from tests/fuzz/corpus and what earlier runs kept.
# Adds a line a run to $1/runs.tsv (target, executions, seconds, edges, inputs kept, failures) and prints it, and at the end the sum of all
# lines. Ends with status 0 where no input failed in this run.
folder=$1 seconds=$2 failed=0
shift 2
for target; do
  mkdir -p "$folder/found/$target"
  log=$folder/$target.log
  # Choosing inputs by the rarity of what they reach takes longer than a call of these.
  case $target in numbers | texts | states) choice=-entropic=0 ;; *) choice=-entropic=1 ;; esac
  "$folder/$target" $choice -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=100 -max_len=600 -print_final_stats=1 \
    -artifact_prefix="$folder/$target-" "$folder/found/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1
  status=$?
  [ $status = 0 ] || { tail -n 60 "$log"; failed=1; }
  awk -v target="$target" -v status=$status 'BEGIN { OFS = "\t" }
    /cov: / { for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1) }
    /^#[0-9]+/ { runs = substr($1, 2) }
    /^stat::number_of_executed_units:/ { runs = $2 }
    /^stat::new_units_added:/ { kept = $2 }
    /^Done / { seconds = $(NF - 1) }
    END { print target, runs + 0, seconds + 0, edges + 0, kept + 0, status != 0 }' "$log" >>"$folder/runs.tsv"
  tail -n 1 "$folder/runs.tsv" | awk -F '\t' '{ print $1 ": " $2 " executions in " $3 " s, " $4 " edges covered, " $5 " inputs kept, " $6 " failed" }'
done
awk -F '\t' '{ all[$1] += $2; sum += $2 } END { for (target in all) printf "%s %d, ", target, all[target]; print "all runs: " sum + 0 " executions" }' \
  "$folder/runs.tsv"
exit $failed
