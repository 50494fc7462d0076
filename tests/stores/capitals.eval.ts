// Two variants of a task without a model, twice over four inputs, with two scorers.
import { evalite } from "evalite";

const wrong: Record<string, string[]> = { old: ["b", "c"], new: ["c"] };
evalite.each([
  { name: "old", input: "old" },
  { name: "new", input: "new" },
])("capitals", {
  data: ["a", "b", "c", "d"].map((input) => ({ input, expected: input.toUpperCase() })),
  trialCount: 2,
  task: async (input: string, variant: string) => (wrong[variant]!.includes(input) ? input : input.toUpperCase()),
  scorers: [
    { name: "exact", scorer: ({ output, expected }) => (output === expected ? 1 : 0) },
    { name: "judge", scorer: ({ output, expected }) => (output === expected ? 0.8 : output === "b" ? 0.6 : 0.3) },
  ],
});
