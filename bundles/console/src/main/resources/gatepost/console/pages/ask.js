/** Asks Gatepost's console; whatever is refused is an error with a message for people and the status. */
export async function ask(method, path, body) {
    let answer;
    try {
        answer = await fetch(path, {
            method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body),
        });
    } catch {
        throw Object.assign(new Error("Gatepost does not answer."), { status: 0 });
    }
    const value = await answer.json().catch(() => ({}));
    if (!answer.ok) {
        const message = value.error ?? "A part of Gatepost that this needs is not there.";
        throw Object.assign(new Error(message), { status: answer.status });
    }
    return value;
}
