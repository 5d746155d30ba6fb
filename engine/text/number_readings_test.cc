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
      {"Troy, NY 12180", "troy new york one two one eight zero"},
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
      {"6\u20322\u2033 and a 6\" nail", "six foot two and a six inch nail"},
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

TEST(NumberReadings, KnowOrdinalsOfAnyLength) {
  constexpr ExpectedReading kRows[] = {
      {"the 10,000th visitor, the 1,000th", "the ten thousandth visitor the one thousandth"},
      {"his 12,345th day", "his twelve thousand three hundred forty fifth day"},
      {"the 1 000 000th", "the one millionth"},
      {"2/3rds of it, 3/4ths, 1/8th", "two thirds of it three fourths one eighth"},
      {"1-1/2 cups", "one and a half cups"},
      {"hundreds, 100s of them, 1,000s of us", "hundreds hundreds of them thousands of us"},
      {"mp3s and F-16s", "MP threes and F sixteens"},
      {"the class of '00", "the class of two thousand"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, GroupThousandsByCommasAndSpaces) {
  constexpr ExpectedReading kRows[] = {
      {"1 000 000 people, 100 000 seats", "one million people one hundred thousand seats"},
      {"1\u00a0000 km, 25\u2009000, 12\u202f345.5",
       "one thousand kilometers twenty five thousand twelve thousand three hundred forty five "
       "point "
       "five"},
      {"1 000-2 000 people", "one thousand to two thousand people"},
      {"1,20,000 or 10,00,000", "one hundred twenty thousand or one million"},
      {"In 2010 300 people came.", "in twenty ten three hundred people came"},
      {"on May 5 100 people", "on may fifth one hundred people"},
      {"98 99 100 101", "ninety eight ninety nine one hundred one hundred one"},
      {"100 200 300", "one hundred two hundred three hundred"},
      {"1\n000", "one zero zero zero"},
      {"50 100-meter races", "fifty one hundred meter races"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadRomanNumeralsByWhatIsAroundThem) {
  constexpr ExpectedReading kRows[] = {
      {"the XXI century, the V century", "the twenty first century the fifth century"},
      {"the XIX and XX centuries", "the nineteenth and twentieth centuries"},
      {"XIX\u2013XX centuries, the XIXth", "nineteenth to twentieth centuries the nineteenth"},
      {"Vol. II, Part I of it, Unit V", "volume two part one of it unit five"},
      {"World War I began", "world war one began"},
      {"XIV and MCMXCVIII", "fourteen and nineteen ninety eight"},
      {"the MIX, an XXX film", "the mix an XXX film"},
      {"No. I said no.", "no i said no"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, SayCodesDigitByDigit) {
  constexpr ExpectedReading kRows[] = {
      {"(020) 7946 0958", "zero two zero seven nine four six zero nine five eight"},
      {"020 7946 0958, 07700 900123",
       "zero two zero seven nine four six zero nine five eight zero seven seven zero zero nine "
       "zero zero one two three"},
      {"06 12 34 56 78", "zero six one two three four five six seven eight"},
      {"+44 (0)20 7946 0958",
       "plus four four zero two zero seven nine four six zero nine five eight"},
      {"+1 (212) 555-0187", "plus one two one two five five five zero one eight seven"},
      {"(212) 555-0187 24 hours",
       "two one two five five five zero one eight seven twenty four hours"},
      {"1-800-FLOWERS, 1-888-GOT-JUNK", "one eight hundred flowers one eight eight eight got junk"},
      {"ZIP 90210, zip code: 10001", "zip nine zero two one zero zip code one zero zero zero one"},
      {"90210-1234, PIN 1234", "nine zero two one zero one two three four pin one two three four"},
      {"1234 5678 9012 3456",
       "one two three four five six seven eight nine zero one two three four five six"},
      {"Dial 999. Call 300 people.", "dial nine nine nine call three hundred people"},
      {"in FY2024", "in FY twenty twenty four"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadDatesInOtherForms) {
  constexpr ExpectedReading kRows[] = {
      {"on 1/1/00", "on january first two thousand"},
      {"14-Mar-2024, 1-Jan-05",
       "the fourteenth of march twenty twenty four the first of january oh five"},
      {"in 03/2024", "in march twenty twenty four"},
      {"at 2024-03-14T15:30", "at march fourteenth twenty twenty four fifteen thirty"},
      {"Mon-Fri, Mon, Tue and Wed", "monday to friday monday tuesday and wednesday"},
      {"Jan-Mar, Jan and Feb, Sat/Sun", "january to march january and february saturday sunday"},
      {"May 1990\u2013June 1991", "may nineteen ninety to june nineteen ninety one"},
      {"Sat. night, the Sun. it set", "saturday night the sun it set"},
      {"Jan sat in the Sun. He wed.", "jan sat in the sun he wed"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadTimesInOtherForms) {
  constexpr ExpectedReading kRows[] = {
      {"at 8.30pm, 9.05 a.m.", "at eight thirty PM nine oh five AM"},
      {"at 0800 hours, by 1430 hours", "at oh eight hundred hours by fourteen thirty hours"},
      {"0000 hours, 0905 hours", "zero hundred hours oh nine oh five hours"},
      {"1500 hours of work", "one thousand five hundred hours of work"},
      {"8.30 meters", "eight point three zero meters"},
      {"See you at 5 PM EST.", "see you at five PM EST"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadMoneyWithCodesAndOtherSigns) {
  constexpr ExpectedReading kRows[] = {
      {"US$50, 50 USD, USD 1.2 million",
       "fifty dollars fifty dollars one point two million dollars"},
      {"EUR 20, 20 EUR, CHF 5", "twenty euros twenty euros five swiss francs"},
      {"A$20, C$1.50, NZ$5",
       "twenty australian dollars one canadian dollar and fifty cents five new zealand dollars"},
      {"Rs. 500 and Rs 5", "five hundred rupees and five rupees"},
      {"\u20a91,000, \u20bd100, \u20ba5, \u20aa1",
       "one thousand won one hundred rubles five lira one shekel"},
      {"$2.50/lb, $20/hr, $5 per hr. now",
       "two dollars and fifty cents per pound twenty dollars per hour five dollars per hour now"},
      {"five $20 bills, 5 $10 bills", "five twenty dollar bills five ten dollar bills"},
      {"$1.5\u20132 million", "one point five to two million dollars"},
      {"25 \u00a2, 20 $", "twenty five cents twenty dollars"},
      {"A $5 bill", "a five dollar bill"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadUnitsWithFullStops) {
  constexpr ExpectedReading kRows[] = {
      {"5 in. wide, 12 in. long", "five inches wide twelve inches long"},
      {"2 sq. ft., 10 sq km, 5 fl. oz.", "two square feet ten square kilometers five fluid ounces"},
      {"6 ft. 2 in. tall, 6 ft 2 in his", "six feet two inches tall six feet two in his"},
      {"a 10-ft. pole, two 8-oz. cups", "a ten foot pole two eight ounce cups"},
      {"a 5 km run, a 70\u00b0 turn", "a five kilometer run a seventy degree turn"},
      {"60 m.p.h., how many km?", "sixty miles per hour how many kilometers"},
      {"per lb, a tsp of, 2 wks.", "per pound a teaspoon of two weeks"},
      {"350 degrees F, 20\u00b0 C",
       "three hundred fifty degrees fahrenheit twenty degrees celsius"},
      {"5 kg/m3, 100 km/hr", "five kilograms per cubic meter one hundred kilometers per hour"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadFeetAnglesAndSizes) {
  constexpr ExpectedReading kRows[] = {
      {"5\u2032 10\u2033, 5' 10\", 5'7''", "five foot ten five foot ten five foot seven"},
      {"6' tall, the '5' key", "six feet tall the five key"},
      {"3\" x 5\" or 5 cm x 3 cm",
       "three inches by five inches or five centimeters by three centimeters"},
      {"40\u00b042\u203246\u2033N", "forty degrees forty two minutes forty six seconds north"},
      {"40.7\u00b0 N, 74\u00b0 W", "forty point seven degrees north seventy four degrees west"},
      {"120/80, 20/20", "one hundred twenty over eighty twenty twenty"},
      {"a 5\u00bd\" screen, 3.5\" wide, \"a 9\"",
       "a five and a half inch screen three point five inches wide a nine"},
      {"visitors/year, 2x a day, 4.5/5, a 9/10",
       "visitors per year two times a day four point five out of five a nine out of ten"},
      {"1:50,000, 12:30 PM - 1:30 PM", "one to fifty thousand twelve thirty PM to one thirty PM"},
  };
  ExpectReadings(kRows);
}

TEST(NumberReadings, ReadMathematics) {
  constexpr ExpectedReading kRows[] = {
      {"x > 5 and y < 3", "X is greater than five and Y is less than three"},
      {"x >= 5, x <= 5, x != 5",
       "X is greater than or equal to five X is less than or equal to five X is not equal to five"},
      {"5 \u2265 3, 5 \u2260 3, \u2264 5",
       "five is greater than or equal to three five is not equal to three less than or equal to "
       "five"},
      {"x \u2248 3, \u2248 5, 5~10", "X is about three about five five to ten"},
      {"in < 5 minutes", "in less than five minutes"},
      {"\u221a9 = 3, x - 5, 5 \u2212 3",
       "the square root of nine equals three X minus five five minus three"},
      {"a * b, 3 \u22c5 4, x^n", "A times B three times four X to the power of N"},
      {"E = mc\u00b2", "E equals MC squared"},
      {"to \u221e", "to infinity"},
      {"< a, b > 5", "A B is greater than five"},
  };
  ExpectReadings(kRows);
}

}  // namespace
}  // namespace euphone
