const { document, failure } = await call('/reference/analysis?text=' + encodeURIComponent($word));
if (failure) return failure;
return document.words
  .map((word) => word.text + ': /' + word.phones.map((phone) => phone.ipa).join(' ') + '/, ARPAbet ' + word.phones.map((phone) => phone.arpabet).join(' '))
  .join('\n');
