/** Languages to choose from, BCP 47; those that many learners of English speak first. */
export const firstLanguages = [
  'am', 'ar', 'bn', 'bg', 'ca', 'cs', 'da', 'de', 'el', 'es', 'et', 'fa', 'fi', 'fil', 'fr', 'gu', 'ha', 'he', 'hi', 'hr',
  'hu', 'id', 'it', 'ja', 'km', 'kn', 'ko', 'lt', 'lv', 'ml', 'mr', 'ms', 'my', 'ne', 'nl', 'no', 'pa', 'pl', 'ps', 'pt',
  'ro', 'ru', 'si', 'sk', 'sl', 'so', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'ti', 'tr', 'uk', 'ur', 'uz', 'vi', 'yue', 'zh',
];
