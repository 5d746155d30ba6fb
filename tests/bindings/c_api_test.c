/* The C API as a program in C sees it. Arguments: the folder with data, a recording, its text, the failing calls of operator new to
 * try: each, or one of so many. */
#include "c_api.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int failures = 0;

static const char* recording;
static const char* text;

static euphone_engine* open_engine(const char* data) {
  euphone_engine_options options = {.size = sizeof options, .data = data};
  euphone_engine* engine = NULL;
  char* error = NULL;
  CHECK(euphone_engine_open(&options, &engine, &error) == EUPHONE_OK);
  if (error != NULL) fprintf(stderr, "%s\n", error);
  CHECK(error == NULL);
  return engine;
}

/* A call that must fail so, with a line that holds `words`: it is made first, then `error` looked at. */
#define EXPECT_LINE(call, expected, error, words)     \
  do {                                                \
    const euphone_status status = (call);             \
    check_line(status, (expected), (error), (words)); \
    (error) = NULL;                                   \
  } while (0)
static void check_line(euphone_status status, euphone_status expected, char* error, const char* words) {
  CHECK(status == expected);
  CHECK(error != NULL && strstr(error, words) != NULL && strchr(error, '\n') == NULL);
  if (error == NULL || strstr(error, words) == NULL) fprintf(stderr, "  said: %s\n", error != NULL ? error : "nothing");
  euphone_string_free(error);
}

static void versions_agree(void) {
  CHECK(euphone_api_version() == EUPHONE_API_VERSION);
  CHECK(strchr(euphone_version(), '.') != NULL);
}

static void an_engine_that_is_not_there_says_what_to_do(void) {
  euphone_engine* engine = (euphone_engine*)&failures;
  char* error = NULL;
  euphone_engine_options options = {.size = sizeof options, .data = "/no/such/folder"};
  EXPECT_LINE(euphone_engine_open(&options, &engine, &error), EUPHONE_BAD_INPUT, error, "no language packs in /no/such/folder");
  CHECK(engine == NULL);
}

static void options_are_looked_at(const char* data) {
  struct {
    euphone_engine_options known;
    size_t newer;
  } options = {.known = {.size = sizeof options, .data = data}, .newer = 0};
  euphone_engine* engine = NULL;
  char* error = NULL;
  CHECK(euphone_engine_open(&options.known, &engine, &error) == EUPHONE_OK); /* A newer program, which asks for nothing new. */
  euphone_engine_free(engine);
  options.newer = 1;
  EXPECT_LINE(euphone_engine_open(&options.known, &engine, &error), EUPHONE_USAGE, error, ".size = sizeof");
  options.known.size = 0;
  EXPECT_LINE(euphone_engine_open(&options.known, &engine, &error), EUPHONE_USAGE, error, ".size = sizeof");
  euphone_engine_options wrong = {.size = sizeof wrong, .data = data, .scorer = "guess"};
  EXPECT_LINE(euphone_engine_open(&wrong, &engine, &error), EUPHONE_USAGE, error, "no scorer 'guess'");
  wrong.scorer = NULL;
  wrong.runtime = "abacus";
  EXPECT_LINE(euphone_engine_open(&wrong, &engine, &error), EUPHONE_USAGE, error, "no runtime 'abacus'");
  wrong.runtime = NULL;
  wrong.threads = 65;
  EXPECT_LINE(euphone_engine_open(&wrong, &engine, &error), EUPHONE_USAGE, error, "1 to 64 threads");
  CHECK(engine == NULL);
}

static void nothing_is_expected_of_null(const euphone_engine* engine) {
  char* error = NULL;
  euphone_analysis* analysis = NULL;
  float sample = 0.0F;
  EXPECT_LINE(euphone_engine_open(NULL, NULL, &error), EUPHONE_USAGE, error, "nowhere");
  EXPECT_LINE(euphone_analyze(NULL, &sample, 1, 16000, "a", NULL, &analysis, &error), EUPHONE_USAGE, error, "is NULL");
  EXPECT_LINE(euphone_analyze(engine, NULL, 1, 16000, "a", NULL, &analysis, &error), EUPHONE_USAGE, error, "is NULL");
  EXPECT_LINE(euphone_analyze(engine, &sample, 1, 16000, NULL, NULL, &analysis, &error), EUPHONE_USAGE, error, "is NULL");
  EXPECT_LINE(euphone_analyze(engine, &sample, 1, 16000, "a", NULL, NULL, &error), EUPHONE_USAGE, error, "nowhere");
  EXPECT_LINE(euphone_analyze_file(engine, NULL, "a", NULL, &analysis, &error), EUPHONE_USAGE, error, "is NULL");
  EXPECT_LINE(euphone_live_open(NULL, "a", NULL, NULL, &error), EUPHONE_USAGE, error, "nowhere");
  EXPECT_LINE(euphone_live_push(NULL, &sample, 1, &error), EUPHONE_USAGE, error, "NULL");
  EXPECT_LINE(euphone_live_poll(NULL, 0, &error, &error), EUPHONE_USAGE, error, "NULL");
  EXPECT_LINE(euphone_live_finish(NULL, &error), EUPHONE_USAGE, error, "NULL");
  EXPECT_LINE(euphone_analysis_write(NULL, "json", &error, &error), EUPHONE_USAGE, error, "NULL");
  CHECK(euphone_analyze(NULL, NULL, 0, 0, NULL, NULL, &analysis, NULL) == EUPHONE_USAGE);
  CHECK(euphone_analysis_status(NULL) == EUPHONE_USAGE && euphone_analysis_words(NULL) == 0);
  CHECK(euphone_analysis_scores(NULL, NULL) == EUPHONE_USAGE && euphone_engine_model(NULL) == NULL);
  euphone_engine_free(NULL);
  euphone_analysis_free(NULL);
  euphone_live_free(NULL);
  euphone_stop_request(NULL);
  euphone_stop_free(NULL);
  euphone_string_free(NULL);
}

static void audio_that_is_none_is_refused(const euphone_engine* engine) {
  float* samples = calloc(16000, sizeof *samples);
  euphone_analysis* analysis = NULL;
  char* error = NULL;
  samples[100] = NAN;
  EXPECT_LINE(euphone_analyze(engine, samples, 16000, 16000, text, NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "samples: ");
  samples[100] = INFINITY;
  EXPECT_LINE(euphone_analyze(engine, samples, 16000, 16000, text, NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "samples: ");
  samples[100] = 0.0F;
  EXPECT_LINE(euphone_analyze(engine, samples, 16000, 0, text, NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "Hz");
  EXPECT_LINE(euphone_analyze(engine, samples, 16000, INT32_MIN, text, NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "Hz");
  EXPECT_LINE(euphone_analyze(engine, samples, 16000, 16000, "", NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "text");
  EXPECT_LINE(euphone_analyze_file(engine, "none.wav", text, NULL, &analysis, &error), EUPHONE_BAD_INPUT, error, "none.wav");
  CHECK(analysis == NULL);
  /* Silence is no failure: it is not scored. */
  CHECK(euphone_analyze(engine, samples, 16000, 16000, text, NULL, &analysis, NULL) == EUPHONE_OK);
  CHECK(euphone_analysis_status(analysis) == EUPHONE_NOT_SCORED);
  euphone_scores scores = {.size = sizeof scores};
  CHECK(euphone_analysis_scores(analysis, &scores) == EUPHONE_OK && isnan(scores.total));
  euphone_analysis_free(analysis);
  free(samples);
}

static void an_analysis_tells_words_and_sounds(const euphone_analysis* analysis) {
  CHECK(euphone_analysis_status(analysis) == EUPHONE_OK);
  const size_t words = euphone_analysis_words(analysis);
  CHECK(words == 7);
  double before = 0.0;
  for (size_t i = 0; i < words; ++i) {
    euphone_word word = {.size = sizeof word};
    CHECK(euphone_analysis_word(analysis, i, &word) == EUPHONE_OK);
    CHECK(word.accuracy >= 0 && word.accuracy <= 100 && word.start_s >= before && word.end_s > word.start_s && word.phones > 0);
    before = word.end_s;
    for (size_t p = 0; p < word.phones; ++p) {
      euphone_phone phone = {.size = sizeof phone};
      CHECK(euphone_analysis_phone(analysis, i, p, &phone) == EUPHONE_OK);
      CHECK(phone.start_s >= word.start_s && phone.end_s <= word.end_s + 1e-9 && strlen(phone.arpabet) <= 2 && phone.ipa[0] != '\0');
    }
    CHECK(euphone_analysis_phone(analysis, i, word.phones, &(euphone_phone){.size = sizeof(euphone_phone)}) == EUPHONE_USAGE);
  }
  euphone_word first = {.size = sizeof first};
  CHECK(euphone_analysis_word(analysis, 0, &first) == EUPHONE_OK && strcmp(first.text, "next") == 0);
  CHECK(euphone_analysis_word(analysis, words, &first) == EUPHONE_USAGE);
  /* A program that was built with fewer fields gets those. */
  euphone_word older = {.size = offsetof(euphone_word, error), .error = "untouched"};
  CHECK(euphone_analysis_word(analysis, 0, &older) == EUPHONE_OK);
  CHECK(strcmp(older.text, "next") == 0 && strcmp(older.error, "untouched") == 0);
  CHECK(euphone_analysis_word(analysis, 0, &(euphone_word){.size = 0}) == EUPHONE_USAGE);
}

static void documents_are_those_of_the_program(const euphone_analysis* analysis) {
  char* document = NULL;
  char* error = NULL;
  CHECK(euphone_analysis_write(analysis, "json", &document, NULL) == EUPHONE_OK);
  CHECK(strncmp(document, "{\"schema\":\"euphone.analysis/1\"", 30) == 0);
  euphone_string_free(document);
  EXPECT_LINE(euphone_analysis_write(analysis, "xml", &document, &error), EUPHONE_USAGE, error, "no format 'xml'");
  CHECK(document == NULL);
}

static void an_engine_may_go_before_what_it_made(const char* data) {
  euphone_engine* engine = open_engine(data);
  euphone_analysis* analysis = NULL;
  euphone_live* live = NULL;
  CHECK(euphone_analyze_file(engine, recording, text, NULL, &analysis, NULL) == EUPHONE_OK);
  CHECK(euphone_live_open(engine, text, NULL, &live, NULL) == EUPHONE_OK);
  euphone_engine_free(engine);
  an_analysis_tells_words_and_sounds(analysis);
  documents_are_those_of_the_program(analysis);
  char* event = NULL;
  CHECK(euphone_live_poll(live, 1000, &event, NULL) == EUPHONE_OK && strstr(event, "listening") != NULL);
  euphone_string_free(event);
  euphone_live_free(live);
  euphone_analysis_free(analysis);
}

static void what_is_stopped_says_so(const euphone_engine* engine) {
  euphone_stop* stop = NULL;
  CHECK(euphone_stop_new(&stop, NULL) == EUPHONE_OK);
  const euphone_analyze_options options = {.size = sizeof options, .stop = stop};
  euphone_analysis* analysis = NULL;
  CHECK(euphone_analyze_file(engine, recording, text, &options, &analysis, NULL) == EUPHONE_OK);
  euphone_analysis_free(analysis);
  euphone_stop_request(stop);
  char* error = NULL;
  EXPECT_LINE(euphone_analyze_file(engine, recording, text, &options, &analysis, &error), EUPHONE_INTERRUPTED, error, "stopped");
  CHECK(analysis == NULL);
  euphone_stop_free(stop);
}

static void a_live_session_ends_with_stopped(euphone_engine* engine) {
  const euphone_live_options options = {.size = sizeof options, .rate = 8000, .reproducible = 1};
  euphone_live* live = NULL;
  CHECK(euphone_live_open(engine, text, &options, &live, NULL) == EUPHONE_OK);
  float samples[800] = {0};
  for (int i = 0; i < 20; ++i) CHECK(euphone_live_push(live, samples, 800, NULL) == EUPHONE_OK);
  CHECK(euphone_live_push(live, samples, 0, NULL) == EUPHONE_OK);
  CHECK(euphone_live_finish(live, NULL) == EUPHONE_OK);
  char* error = NULL;
  EXPECT_LINE(euphone_live_push(live, samples, 800, &error), EUPHONE_USAGE, error, "finished");
  int stopped = 0;
  for (char* event = NULL; euphone_live_poll(live, 0, &event, NULL) == EUPHONE_OK && event != NULL; euphone_string_free(event))
    stopped = strstr(event, "\"stopped\"") != NULL;
  CHECK(stopped);
  euphone_live_free(live);
}

/* Whichever allocation fails, the call says so or does without, and nothing is thrown or lost. */
static void lack_of_memory_is_told(const euphone_engine* engine, long step) {
  long refused = 0, tries = 0;
  for (long at = 1; at < LONG_MAX / 2; at += step) {
    euphone_analysis* analysis = NULL;
    char* error = NULL;
    fail_allocation(at);
    const euphone_status status = euphone_analyze_file(engine, recording, text, NULL, &analysis, &error);
    fail_allocation(0);
    ++tries;
    CHECK(status == EUPHONE_OK ? analysis != NULL : status == EUPHONE_BROKEN || status == EUPHONE_BAD_INPUT);
    refused += status != EUPHONE_OK;
    const int through = status == EUPHONE_OK && error == NULL;
    euphone_string_free(error);
    euphone_analysis_free(analysis);
    if (through) break;
  }
  fprintf(stderr, "memory was lacking %ld times, told %ld times\n", tries - 1, refused);
  CHECK(refused > 3);
}

int main(int count, char** arguments) {
  if (count != 5) return EUPHONE_USAGE;
  recording = arguments[2];
  text = arguments[3];
  versions_agree();
  an_engine_that_is_not_there_says_what_to_do();
  options_are_looked_at(arguments[1]);
  euphone_engine* engine = open_engine(arguments[1]);
  if (engine == NULL) return 1;
  CHECK(strncmp(euphone_engine_model(engine), "en-us-standard ", 15) == 0);
  nothing_is_expected_of_null(engine);
  audio_that_is_none_is_refused(engine);
  what_is_stopped_says_so(engine);
  a_live_session_ends_with_stopped(engine);
  an_engine_may_go_before_what_it_made(arguments[1]);
  lack_of_memory_is_told(engine, strtol(arguments[4], NULL, 10));
  euphone_engine_free(engine);
  if (failures == 0) puts("the C API does what its header says");
  return failures == 0 ? 0 : 1;
}
