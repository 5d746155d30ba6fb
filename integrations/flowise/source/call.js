const fetch = require('node-fetch');
/** What the server of Euphone says to a request, for a model to read: its answer, or why there is none. */
const call = async (path, options = {}) => {
  const headers = { 'Content-Type': 'application/json' };
  if ($vars.EUPHONE_TOKEN) headers.Authorization = 'Bearer ' + $vars.EUPHONE_TOKEN;
  try {
    const answer = await fetch(($vars.EUPHONE_URL || 'http://127.0.0.1:8765') + '/api/v1' + path, { ...options, headers });
    const document = await answer.json();
    return answer.ok ? { document } : { failure: document.error.message };
  } catch (error) {
    return { failure: 'Euphone cannot be reached: ' + error.message };
  }
};
const learner = $vars.EUPHONE_LEARNER;
const nobody = 'It is not known who the learner is: the variable EUPHONE_LEARNER has no id.';
