#include "text/readings_for_test.h"

namespace euphone {
namespace {

TEST(NumberReadings, AreCardinalsDecimalsAndDigits) {
  constexpr ExpectedReading kRows[] = {
      {"I have 3 cats.", "i have three cats"},
      {"0 degrees and 0.5 more", "zero degrees and zero point five more"},
      {"Pi is 3.14.", "pi is three point one four"},
      {"about .75 of it", "about point seven five of it"},
      {"It is -5 outside (or -7).", "it is minus five outside or minus seven"},
      {"\u221212 is below zero", "minus twelve is below zero"},
      {"1,234,567 stars",
       "one million two hundred thirty four thousand five hundred sixty seven stars"},
      {"12,345.67 points", "twelve thousand three hundred forty five point six seven points"},
      {"1,000,000,000,000,000 ants", "one quadrillion ants"},
      {"1000000 or 10000000000 bees", "one million or ten billion bees"},
      {"12345678901234567",
       "one two three four five six seven eight nine zero one two three four five "
       "six seven"},
      {"Agent 007 called", "agent zero zero seven called"},
      {"room 101, route 66", "room one hundred one route sixty six"},
      {"Troy, NY 12180", "troy ny one two one eight zero"},
      {"My zip code is 02139.", "my zip code is zero two one three nine"},
      {"Call 911 now!", "call nine one one now"},
      {"There were 911 people.", "there were nine hundred eleven people"},
      {"We waited 24/7.", "we waited twenty four seven"},
      {"version 1.2.3 and 10.0.1",
       "version one point two point three and ten point zero point one"},
      {"ping 192.168.0.1", "ping one nine two dot one six eight dot zero dot one"},
      {"2+2=4 and 10 - 3 = 7", "two plus two equals four and ten minus three equals seven"},
      {"3\u00d74, 10 \u00f7 2, 5 * 6", "three times four ten divided by two five times six"},
      {"a 4x4 and 1920x1080 screen", "a four by four and nineteen twenty by ten eighty screen"},
      {"x\u00b2 and 10\u2076 or 2^3", "X squared and ten to the power of six or two cubed"},
      {"10\u207b\u00b3", "ten to the power of minus three"},
      {"\u00b15, ~20, 3 < 5", "plus or minus five about twenty three is less than five"},
      {"We're #1 in \u21165.", "we're number one in number five"},
      {"a billion, i.e. 1,000 million", "a billion that is one thousand million"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreOrdinalsAndRomanNumerals) {
  constexpr ExpectedReading kRows[] = {
      {"the 1st, 2nd, 3rd and 4th", "the first second third and fourth"},
      {"her 22nd birthday, the 100th day", "her twenty second birthday the one hundredth day"},
      {"a 21st-century idea", "a twenty first century idea"},
      {"the 1\u02e2\u1d57 prize", "the first prize"},
      {"Henry VIII had six wives.", "henry the eighth had six wives"},
      {"Louis XIV's palace", "louis the fourteenth's palace"},
      {"Queen Elizabeth I of England", "queen elizabeth the first of england"},
      {"Then Charles I met him", "then charles i met him"},
      {"Pope John Paul II", "pope john paul the second"},
      {"Chapter IV. Act I, Scene V", "chapter four act one scene five"},
      {"World War II and Super Bowl XLVIII", "world war two and super bowl forty eight"},
      {"Rocky III, Apollo XI", "rocky three apollo eleven"},
      {"He needs an IV and a CV.", "he needs an IV and a CV"},
      {"In this chapter I explain it.", "in this chapter i explain it"},
      {"CHAPTER IV\n\nTHE STORM", "chapter four the storm"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreFractionsRangesAndRatios) {
  constexpr ExpectedReading kRows[] = {
      {"1/2 of it, 3/4 of that", "one half of it three quarters of that"},
      {"\u00bd a cup, \u2154 full", "one half a cup two thirds full"},
      {"5\u00bd miles and 2 3/4 cups", "five and a half miles and two and three quarters cups"},
      {"5/8 or 99/100 or 3/0", "five eighths or ninety nine out of one hundred or three over zero"},
      {"pages 10\u201320", "pages ten to twenty"},
      {"10 - 20 people, 5 \u2013 6 dogs", "ten to twenty people five to six dogs"},
      {"from 1914\u20131918", "from nineteen fourteen to nineteen eighteen"},
      {"1914-18 again", "nineteen fourteen to eighteen again"},
      {"a 50-50 chance, a 3-2 win", "a fifty fifty chance a three to two win"},
      {"a ratio of 2:1, a 16:9 screen", "a ratio of two to one a sixteen to nine screen"},
      {"50% off, 3.5 %, 20-30%",
       "fifty percent off three point five percent twenty to thirty percent"},
      {"a 10-year-old boy", "a ten year old boy"},
      {"in 4/4 time, 50/50, 10/10", "in four four time fifty fifty ten out of ten"},
      {"7.8bn people", "seven point eight billion people"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreTelephoneNumbers) {
  constexpr ExpectedReading kRows[] = {
      {"Call 555-1234.", "call five five five one two three four"},
      {"(555) 123-4567", "five five five one two three four five six seven"},
      {"212-555-0187", "two one two five five five zero one eight seven"},
      {"555.123.4567", "five five five one two three four five six seven"},
      {"555 123 4567", "five five five one two three four five six seven"},
      {"1-800-555-1234", "one eight zero zero five five five one two three four"},
      {"Tel. +44 20 7946 0958",
       "telephone plus four four two zero seven nine four six zero nine five eight"},
      {"My number is 5551234567", "my number is five five five one two three four five six seven"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreYears) {
  constexpr ExpectedReading kRows[] = {
      {"in 1998", "in nineteen ninety eight"},
      {"since 2005 and 2015", "since two thousand five and twenty fifteen"},
      {"the year 2000", "the year two thousand"},
      {"the 1900s and the 1990s", "the nineteen hundreds and the nineteen nineties"},
      {"the '90s, the 90's, the 80s", "the nineties the nineties the eighties"},
      {"the class of '05", "the class of oh five"},
      {"The battle of 1066", "the battle of ten sixty six"},
      {"born in 1905", "born in nineteen oh five"},
      {"the mid-1980s", "the mid nineteen eighties"},
      {"1500 soldiers marched", "one thousand five hundred soldiers marched"},
      {"2500 and 2,015 of them", "two thousand five hundred and two thousand fifteen of them"},
      {"Boeing 747s", "boeing seven hundred forty sevens"},
      {"in his 30s, after 45s", "in his thirties after forty five seconds"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreDates) {
  constexpr ExpectedReading kRows[] = {
      {"3/14/2024", "march fourteenth twenty twenty four"},
      {"3/14/05", "march fourteenth oh five"},
      {"25/12/2023", "december twenty fifth twenty twenty three"},
      {"2024-03-14", "march fourteenth twenty twenty four"},
      {"14.03.2024", "march fourteenth twenty twenty four"},
      {"due on 1/2", "due on january second"},
      {"the 7/4 party", "the july fourth party"},
      {"9/11", "nine eleven"},
      {"March 14", "march fourteenth"},
      {"on March 14th, 2024", "on march fourteenth twenty twenty four"},
      {"14 March 1999", "the fourteenth of march nineteen ninety nine"},
      {"on the 14 March", "on the fourteenth of march"},
      {"Jan. 5 to Sept. 7", "january fifth to september seventh"},
      {"Dec 25, 2020", "december twenty fifth twenty twenty"},
      {"June 5-7, July 8\u201310", "june fifth to seventh july eighth to tenth"},
      {"In May 2010 they left", "in may twenty ten they left"},
      {"You may 5 times march 3", "you may five times march three"},
      {"On Wed. and Mon.\u2013Fri.", "on wednesday and monday to friday"},
      {"Sat., May 5 or Fri 6 May", "saturday may fifth or friday the sixth of may"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreTimes) {
  constexpr ExpectedReading kRows[] = {
      {"at 3:30", "at three thirty"},
      {"10:05 p.m.", "ten oh five PM"},
      {"12:00", "twelve o'clock"},
      {"12:00 p.m. today", "twelve PM today"},
      {"7 am, 7am, 7 A.M.", "seven AM seven AM seven AM"},
      {"15:00 and 0:15", "fifteen hundred and zero fifteen"},
      {"9am-5pm", "nine AM to five PM"},
      {"9 a.m.\u20135 p.m.", "nine AM to five PM"},
      {"from 9:00-10:30", "from nine o'clock to ten thirty"},
      {"a time of 1:02:03", "a time of one oh two oh three"},
      {"5 o'clock sharp", "five o'clock sharp"},
      {"I am 7", "i am seven"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreMoney) {
  constexpr ExpectedReading kRows[] = {
      {"$5 or $1", "five dollars or one dollar"},
      {"It's $3.50.", "it's three dollars and fifty cents"},
      {"$1,000.00", "one thousand dollars"},
      {"$0.99 and $0.01", "ninety nine cents and one cent"},
      {"\u00a320, \u00a31.01", "twenty pounds one pound and one penny"},
      {"\u20ac1.99, 20 \u20ac, 5\u20ac", "one euro and ninety nine cents twenty euros five euros"},
      {"\u00a5100, \u20b9500", "one hundred yen five hundred rupees"},
      {"50\u00a2", "fifty cents"},
      {"$3 million", "three million dollars"},
      {"$1.2bn, $5K, $3M",
       "one point two billion dollars five thousand dollars three million dollars"},
      {"$5-10 each, $5\u2013$10", "five to ten dollars each five to ten dollars"},
      {"$3\u20135 million", "three to five million dollars"},
      {"-$5", "minus five dollars"},
      {"$15/hour", "fifteen dollars per hour"},
      {"a $10 tip, a $3 million deal", "a ten dollar tip a three million dollar deal"},
      {"$3.999", "three point nine nine nine dollars"},
      {"Save $$$ now", "save dollar dollar dollar now"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, AreQuantitiesWithUnits) {
  constexpr ExpectedReading kRows[] = {
      {"5 km, 1 km, a 5-km run", "five kilometers one kilometer a five kilometer run"},
      {"10 kg and 70kg", "ten kilograms and seventy kilograms"},
      {"70\u00b0F, 20 \u00b0C, 1\u00b0",
       "seventy degrees fahrenheit twenty degrees celsius one degree"},
      {"-12\u2103", "minus twelve degrees celsius"},
      {"60 mph, 100 km/h", "sixty miles per hour one hundred kilometers per hour"},
      {"5'10\" tall", "five foot ten tall"},
      {"6\u20322\u2033 and a 6\" nail", "six foot two and a six inches nail"},
      {"\"I am 5\" is wrong", "i am five is wrong"},
      {"20 m\u00b2, 5 m3", "twenty square meters five cubic meters"},
      {"9.8 m/s\u00b2", "nine point eight meters per second squared"},
      {"10 lbs. of rice, 2 oz.", "ten pounds of rice two ounces"},
      {"5-10 km", "five to ten kilometers"},
      {"0.5 L, 250 ml, 1 tsp", "zero point five liters two hundred fifty milliliters one teaspoon"},
      {"3GB, 50Hz, 220V", "three gigabytes fifty hertz two hundred twenty volts"},
      {"He ran 100 m in 9.58 s.", "he ran one hundred meters in nine point five eight seconds"},
      {"30 min. later, 2 hrs", "thirty minutes later two hours"},
      {"5 mg/day", "five milligrams per day"},
      {"\u00bd km", "one half kilometer"},
      {"I live in 5 in the north", "i live in five in the north"},
  };
  ExpectReadings(kRows);
}

}  // namespace
}  // namespace euphone
