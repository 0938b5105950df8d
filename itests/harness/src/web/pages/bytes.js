// Bodies that a test can name without sending them through its own pipe.
const bytes = {
    /** So many characters, of which every position says where it is. */
    text(length) {
        let text = '';
        for (let n = 0; text.length < length; n++) {
            text += n + '\n';
        }
        return text.substring(0, length);
    },

    async sha256(text) {
        return bytes.digest(new TextEncoder().encode(text));
    },

    async digest(array) {
        const digest = await crypto.subtle.digest('SHA-256', array);
        return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('');
    },
};
