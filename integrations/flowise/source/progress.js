if (!learner) return nobody;
const { document, failure } = await call('/learners/' + encodeURIComponent(learner) + '/progress');
if (failure) return failure;
const takes = document.days.reduce((sum, day) => sum + day.takes, 0);
if (!takes) return 'This learner has not read anything yet.';
const line = (what, mean, count) => what + ': ' + Math.round(mean) + ' of 100, heard ' + count + ' times';
const sounds = document.sounds.slice(0, 5).map((one) => line(one.sound + ' /' + one.ipa + '/', one.all.value, one.all.count));
const words = document.words.slice(0, 5).map((one) => line(one.word, one.mean, one.count));
return [takes + ' readings on ' + document.days.length + ' days.', 'Weakest sounds:', ...sounds, 'Weakest words:', ...words].join('\n');
