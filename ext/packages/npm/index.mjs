// The same for import.
import mlmetrics from "./index.cjs";
export const { getLoadablePath, load, parallel } = mlmetrics;
