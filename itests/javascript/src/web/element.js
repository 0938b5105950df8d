import '/src/element.js';

const element = document.createElement('gatepost-inbox');
element.setAttribute('session', `/notifications/session${location.search}`);
window.part = name => element.shadowRoot.querySelector(`[part~=${name}]`);
window.chosen = [];
element.addEventListener('gatepost-select', ({ detail }) => {
    chosen.push(detail.body);
});
document.querySelector('main').append(element);
window.element = element;
