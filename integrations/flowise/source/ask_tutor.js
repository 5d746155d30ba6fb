const body = JSON.stringify(learner ? { question: $question, learner } : { question: $question });
const { document, failure } = await call('/ask', { method: 'POST', body });
if (failure) return failure;
if (!document.answered) return 'The tutor knows nothing of that.';
const record = document.record.join(' ');
const parts = document.answer.map((part) => {
  const title = part.heading ? part.title + ': ' + part.heading : part.title;
  return title + ' [' + part.passage + ']\n' + part.lines.map((line) => '- ' + line).join('\n');
});
return (record ? [record, ...parts] : parts).join('\n\n');
