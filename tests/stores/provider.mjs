// A provider that answers two questions wrong and one not at all.
export default class Clumsy {
  id = () => "clumsy";
  callApi = async (prompt) =>
    prompt === "zeta" ? { error: "no answer" } : { output: ["beta", "delta"].includes(prompt) ? `${prompt}?` : prompt };
}
