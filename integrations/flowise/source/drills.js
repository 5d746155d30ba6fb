if (!learner) return nobody;
const given = [
  ['sound', typeof $sound === 'undefined' ? '' : $sound],
  ['against', typeof $against === 'undefined' ? '' : $against],
].filter(([, value]) => value);
const query = given.map(([name, value]) => '&' + name + '=' + encodeURIComponent(value)).join('');
const { document, failure } = await call('/learners/' + encodeURIComponent(learner) + '/drills?count=5' + query);
if (failure) return failure;
const drill = document.drill;
const items = drill.items.map((item) => item.kind + ': ' + item.text);
const sound = 'Practise ' + drill.sound.arpabet + ' /' + drill.sound.ipa + '/' + (drill.against ? ', which is mixed up with /' + drill.against.ipa + '/' : '') + '.';
return [sound, ...(drill.tip ? [drill.tip.text] : []), ...items].join('\n');
