#include "text/readings_for_test.h"

namespace euphone {
namespace {

TEST(WordReadings, AreTitlesAndAbbreviations) {
  constexpr ExpectedReading kRows[] = {
      {"Mr. and Mrs. Smith, Ms. Lee", "mister and missus smith ms lee"},
      {"Mr Brown met Dr Green", "mister brown met doctor green"},
      {"Dr. Jones lives on Mulholland Dr.", "doctor jones lives on mulholland drive"},
      {"the Dr. is in", "the doctor is in"},
      {"Hello Dr. Smith", "hello doctor smith"},
      {"in St. Louis, at St. Mary's", "in saint louis at saint mary's"},
      {"Visit St. Louis!", "visit saint louis"},
      {"12 N. Main St. Apt. 4", "twelve north main street apartment four"},
      {"on 5th Ave. and Sunset Blvd", "on fifth avenue and sunset boulevard"},
      {"No. 10 Downing St.", "number ten downing street"},
      {"No. I said no.", "no i said no"},
      {"Prof. Lee and Capt. Ahab", "professor lee and captain ahab"},
      {"Martin Luther King Jr., Bob Hall Sr.", "martin luther king junior bob hall senior"},
      {"Apple Inc. and Ford Motor Co.", "apple incorporated and ford motor company"},
      {"e.g. apples, i.e. fruit, etc.", "for example apples that is fruit et cetera"},
      {"approx. ten, the dept. of art", "approximately ten the department of art"},
      {"cats vs. dogs, good vs bad", "cats versus dogs good versus bad"},
      {"see fig. 3, p. 5, pp. 12-15, vol. 2",
       "see figure three page five pages twelve to fifteen volume two"},
      {"Gen. Grant and Sen. Smith", "general grant and senator smith"},
      {"one more rep. then rest", "one more rep then rest"},
      {"Mt. Everest and Ft. Worth", "mount everest and fort worth"},
      {"a.k.a. the boss", "also known as the boss"},
      {"w/ milk, w/o sugar, c/o Ann", "with milk without sugar care of ann"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreAcronyms) {
  constexpr ExpectedReading kRows[] = {
      {"the BBC and the FBI", "the BBC and the FBI"},
      {"NASA and NATO", "nasa and nato"},
      {"the USA, the U.S.A., the UK's", "the USA the USA the UK'S"},
      {"two TVs, the CEOs, many PCs", "two TV'S the CEO'S many PC'S"},
      {"my tv and dvds", "my TV and DVD'S"},
      {"a PhD, a Ph.D., PhDs", "a PHD a PHD PHD'S"},
      {"Made in the US for us.", "made in the US for us"},
      {"Washington, D.C., is far", "washington DC is far"},
      {"I did NOT do it", "i did not do it"},
      {"The IT team likes IT jobs", "the IT team likes IT jobs"},
      {"I REALLY LOVE IT so much today", "i really love it so much today"},
      {"WE CALL IT BEAR", "we call it bear"},
      {"HE WAS NOT AN ILL MAN AND SHE CALLED US", "he was not an ill man and she called us"},
      {"THE FBI SAW MR BROWN", "the FBI saw mister brown"},
      {"J. R. R. Tolkien, J.K. Rowling", "J R R tolkien JK rowling"},
      {"R&B, AT&T, Q&A", "R and B AT and T Q and A"},
      {"Hmm, shh, OMG", "hmm shh OMG"},
      {"HTML, XML and SQL", "HTML XML and SQL"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreLettersAndDigits) {
  constexpr ExpectedReading kRows[] = {
      {"B2B and B2C", "B two B and B two C"},
      {"a 4K TV", "a four K TV"},
      {"an mp3 file on A4", "an MP three file on A four"},
      {"H2O, CO2", "H two O CO two"},
      {"H\u2082O", "H two O"},
      {"COVID-19", "covid nineteen"},
      {"an F-16 and an AK-47", "an F sixteen and an AK forty seven"},
      {"iPhone 15, PS5, GPT-4", "iphone fifteen PS five GPT four"},
      {"code qwe123", "code qwe one two three"},
      {"vitamin A and Plan B", "vitamin A and plan B"},
      {"A cat got an A.", "a cat got an A"},
      {"an A+ and A-levels", "an A plus and A levels"},
      {"a T-shirt and an x-ray", "a T shirt and an X ray"},
      {"C++ and C#", "C plus plus and C sharp"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, KeepApostrophes) {
  constexpr ExpectedReading kRows[] = {
      {"Don't! I'm here, y'all.", "don't i'm here y'all"},
      {"it\u2019s Ann\u2019s", "it's ann's"},
      {"it`s and it\u00b4s", "it's and it's"},
      {"the dogs' bowls, James's", "the dogs bowls james's"},
      {"rock 'n' roll, rock'n'roll", "rock and roll rock and roll"},
      {"get 'em, 'cause 'tis late", "get 'em 'cause 'tis late"},
      {"a cup o' tea, O'Brien", "a cup of tea o'brien"},
      {"'Yes,' she said. 'No.'", "yes she said no"},
      {"the word 'begin'", "the word begin"},
      {"ma'am, o'clock, should've", "ma'am o'clock should've"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, SplitHyphensAndSlashes) {
  constexpr ExpectedReading kRows[] = {
      {"a well-known fact", "a well known fact"},
      {"twenty-one", "twenty one"},
      {"mother-in-law", "mother in law"},
      {"re-enter, re-elect, re-sign", "reenter reelect re sign"},
      {"my co-worker's e-mail", "my coworker's email"},
      {"and/or, he/she", "and or he she"},
      {"pre- and post-war", "pre and post war"},
      {"snake_case *bold* <b>", "snake case bold B"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreSymbols) {
  constexpr ExpectedReading kRows[] = {
      {"salt & pepper", "salt and pepper"},
      {"meet @ noon", "meet at noon"},
      {"#metoo #5", "hashtag metoo number five"},
      {"1 + 1 = 2, so A => B", "one plus one equals two so A B"},
      {"Title\n=====\ntext", "title text"},
      {"\u00a7 5", "section five"},
      {"the angle \u03b1 and \u03c0", "the angle alpha and pi"},
      {"\u00a9 Ann\u2122, Bob\u00ae", "ann bob"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreAddresses) {
  constexpr ExpectedReading kRows[] = {
      {"jo.doe@example.com", "jo dot doe at example dot com"},
      {"Write to a_b@x.org!", "write to A underscore B at X dot org"},
      {"www.example.com", "WWW dot example dot com"},
      {"https://example.org/a-b/?q=1",
       "example dot org slash A dash B slash question mark Q equals one"},
      {"See example.com/page.", "see example dot com slash page"},
      {"(http://www.foo.net/)", "WWW dot foo dot net"},
      {"open notes.txt with Node.js", "open notes dot txt with node dot js"},
      {"The end.Next", "the end next"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, FoldUnicode) {
  constexpr ExpectedReading kRows[] = {
      {"caf\u00e9, na\u00efve, cafe\u0301", "cafe naive cafe"},
      {"Se\u00f1or \u00d8sted, Stra\u00dfe, \u00c6sop, \u0141\u00f3d\u017a",
       "senor osted strasse aesop lodz"},
      {"\ufb01ne \ufb02ow", "fine flow"},
      {"\uff26\uff55\uff4c\uff4c \uff11\uff12", "full twelve"},
      {"soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"},
      {"non\u00a0breaking\u2009space", "non breaking space"},
      {"\u201cquoted\u201d \u2018text\u2019 \u00abici\u00bb", "quoted text ici"},
      {"wait\u2026 what", "wait what"},
      {"be\x01ll", "bell"},
      {"\U0001d407\U0001d41e\U0001d425\U0001d425\U0001d428", "hello"},
      {"one\r\ntwo\tthree", "one two three"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreWholeTexts) {
  constexpr ExpectedReading kRows[] = {
      {"The flight leaves at 6:45 a.m. on Tuesday, so be there by 5.",
       "the flight leaves at six forty five AM on tuesday so be there by five"},
      {"Prices rose by 2.5% in Q3 2023, from $1.2bn to $1.35bn.",
       "prices rose by two point five percent in Q three twenty twenty three from one point two "
       "billion dollars to one point three five billion dollars"},
      {"Add 1 1/2 cups of flour and 1/4 tsp. of salt. Bake at 350\u00b0F for 25-30 min.",
       "add one and a half cups of flour and one quarter teaspoon of salt bake at three hundred "
       "fifty degrees fahrenheit for twenty five to thirty minutes"},
      {"She is 5'7\" tall and weighs 130 lbs.",
       "she is five foot seven tall and weighs one hundred thirty pounds"},
      {"Dr. King was born on January 15, 1929, in Atlanta.",
       "doctor king was born on january fifteenth nineteen twenty nine in atlanta"},
      {"We've got Wi-Fi, a USB-C port & 2 TVs.", "we've got wi fi a USB C port and two TV'S"},
      {"The war (1939\u20131945) killed 70\u201385 million people.",
       "the war nineteen thirty nine to nineteen forty five killed seventy to eighty five million "
       "people"},
      {"I live at 221B Baker St., London.",
       "i live at two hundred twenty one B baker street london"},
      {"Elizabeth II reigned from 1952 to 2022.",
       "elizabeth the second reigned from nineteen fifty two to twenty twenty two"},
      {"Open Mon.-Fri. 9 a.m.-5 p.m.", "open monday to friday nine AM to five PM"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, KnowAbbreviationsBeforeLowerCase) {
  constexpr ExpectedReading kRows[] = {
      {"The temp. is 20.", "the temperature is twenty"},
      {"Smith & Co. is, the co. is", "smith and company is the company is"},
      {"Sr. and Jr. players", "senior and junior players"},
      {"the gov. said, Inc. and Ltd. firms", "the governor said incorporated and limited firms"},
      {"max. speed, min. age, apt. and", "maximum speed minimum age apartment and"},
      {"c. 1500, b. 1950, d. 1999",
       "circa fifteen hundred born nineteen fifty died nineteen ninety nine"},
      {"Roe v. Wade, Lee et al. say", "roe versus wade lee et al say"},
      {"Hwy. 1, Fl. 3, Apt. B, Rm 12", "highway one floor three apartment B room twelve"},
      {"the 19th c. and 5th c. B.C.", "the nineteenth century and fifth century BC"},
      {"King Jr.'s speech", "king junior's speech"},
      {"gov't and int'l, b/c", "government and international because"},
      {"That is apt. It fits. Al. left", "that is apt it fits al left"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, AreStatesAndStreets) {
  constexpr ExpectedReading kRows[] = {
      {"I live in NY. NY's best", "i live in new york new york's best"},
      {"Portland, OR, and Miami, FL", "portland oregon and miami florida"},
      {"Tulsa, OK 74103; Boston, MA 02139-4307",
       "tulsa oklahoma seven four one zero three boston massachusetts zero two one three nine four "
       "three zero seven"},
      {"Well, OK. Tea, OR coffee? Joe, ME too", "well ok tea or coffee joe me too"},
      {"a CT scan, John Smith, MD", "a CT scan john smith MD"},
      {"42 W. 5th St., 1 Main Ave. NW", "forty two west fifth street one main avenue northwest"},
      {"a 60 W. bulb", "a sixty watt bulb"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, NameLettersThatAreNoArticle) {
  constexpr ExpectedReading kRows[] = {
      {"a, e, i, o, u", "A E i O U"},
      {"A\u2013Z, from A to Z, A-Z", "A to Z from A to Z A to Z"},
      {"Q: Why? A: Because.", "Q why A because"},
      {"N/A, A/C, vitamins A, C and D", "N A A C vitamins A C and D"},
      {"A is for apple, the answer is A.", "A is for apple the answer is A"},
      {"The letter \"a\", the (a) part", "the letter A the A part"},
      {"a) Rome b) Paris", "A rome B paris"},
      {"dot your i's, A's and B's", "dot your I'S A'S and B'S"},
      {"a B- in math, an A-", "a B minus in math an A minus"},
      {"such a, um, thing, The Story of A Boy", "such a um thing the story of a boy"},
      {"Twinkle, little star\nA star", "twinkle little star a star"},
  };
  ExpectReadings(kRows);
}

TEST(WordReadings, KnowWhatLooksLikeAnotherWord) {
  constexpr ExpectedReading kRows[] = {
      {"https and http", "HTTPS and HTTP"},
      {"a co-op, co-ops, the co-op's, to co-operate", "a co-op co-ops the co-op's to cooperate"},
      {"C# and F#, B\u266d and C\u266f", "C sharp and F sharp B flat and C sharp"},
      {"WWII, pH 7, AC/DC, M&Ms", "world war two PH seven AC DC M and M'S"},
      {"E. coli, George W. won, I. M. Pei", "E coli george W won I M pei"},
  };
  ExpectReadings(kRows);
}

}  // namespace
}  // namespace euphone
