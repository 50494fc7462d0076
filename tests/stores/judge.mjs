// A grader for llm-rubric that asks nobody: 0.9 for an answer without a question mark.
export default class Judge {
  id = () => "judge";
  callApi = async (prompt) => {
    const pass = !/(beta|delta)\?/.test(prompt);
    return { output: JSON.stringify({ pass, score: pass ? 0.9 : 0.2, reason: "by rule" }) };
  };
}
