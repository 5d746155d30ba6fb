/* Euphone's C API: a recording and the text that was read, in; how well each word and sound was
 * made, out. bindings/c/examples and docs/howto/use-from-c-python-node-java.md show its use.
 *
 * Results. What can fail returns a euphone_status. On any but EUPHONE_OK what it would have made is
 * NULL, and *error, where `error` is not NULL, is one line that says what is wrong and what to do,
 * or NULL where memory was lacking. On EUPHONE_OK, *error is NULL. Nothing throws, prints, exits or
 * aborts; a NULL where none is allowed is EUPHONE_USAGE.
 *
 * Memory. What is handed out as `**` is the caller's, and freed by the function named after its
 * type (text: euphone_string_free); NULL may be freed. A `const char*` in a struct belongs to the
 * analysis that filled it. An engine may be freed before what it made: that keeps what it needs.
 *
 * Threads. An engine and an analysis may be used from any threads at once. A live session: one
 * thread may push while another polls. euphone_stop_request() may be called from any thread and
 * from a signal's handler. Freeing is for one thread, once nobody uses the handle.
 *
 * Units. Scores are 0 to 100, times in seconds from the start of the audio, samples float in
 * [-1, 1]; a number that was not measured is NaN, never a guess. Text is UTF-8.
 *
 * Versions. Functions and fields are added at the end, never changed or taken away, while
 * EUPHONE_API_VERSION / 100 stays the same. Structs begin with their size, which the caller sets,
 * {.size = sizeof s}; the rest zero = the defaults. So a program keeps its meaning with a newer
 * library; an older library answers EUPHONE_USAGE to fields that it lacks.
 */
#ifndef EUPHONE_H
#define EUPHONE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EUPHONE_API
#else
#define EUPHONE_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define EUPHONE_API_VERSION 100 /* Hundreds: incompatible; ones: something was added. */

/* EUPHONE_API_VERSION of the library, and the version of Euphone, which stays valid: "0.1.0". */
EUPHONE_API int euphone_api_version(void);
EUPHONE_API const char* euphone_version(void);

/* The numbers are those that `euphone` exits with. */
typedef enum euphone_status {
  EUPHONE_OK = 0,
  EUPHONE_BAD_INPUT = 1, /* A recording or text cannot be used. */
  EUPHONE_USAGE = 2, /* The call makes no sense: NULL, an unknown name, a struct of another size. */
  EUPHONE_NOT_SCORED = 3,   /* Of euphone_analysis_status() only: silence, noise, another text. */
  EUPHONE_BROKEN = 4,       /* The installation is incomplete or damaged, or memory is lacking. */
  EUPHONE_INTERRUPTED = 130 /* By euphone_stop_request(). */
} euphone_status;

typedef struct euphone_engine euphone_engine;
typedef struct euphone_analysis euphone_analysis;
typedef struct euphone_live euphone_live;
typedef struct euphone_stop euphone_stop;

EUPHONE_API void euphone_string_free(char* text);

/* --- Engine: models, dictionary and coach, opened once (about 0.1 s, 100 MB). --- */

typedef struct euphone_engine_options {
  size_t size;
  const char* data; /* Folder with packs/ and models/; NULL: $EUPHONE_DATA, else beside the library
                       or program. */
  const char* language; /* NULL: "en-us". */
  const char* model;    /* Bundle: a name under models/ or a path; NULL: the language's. */
  const char* scorer;   /* "auto" (NULL), "learned" or "gop". */
  const char* lexicon;  /* File with pronunciations of your own; NULL: none. */
  const char* runtime;  /* What runs the models, as `euphone --runtime`; NULL: "auto". */
  int32_t threads;      /* Of one analysis, 1 to 64; 0: 1. */
} euphone_engine_options;

/* `options` may be NULL. */
EUPHONE_API euphone_status euphone_engine_open(const euphone_engine_options* options,
                                               euphone_engine** engine, char** error);
EUPHONE_API void euphone_engine_free(euphone_engine* engine);
/* "name version" of the acoustic bundle; valid as long as the engine. NULL for NULL. */
EUPHONE_API const char* euphone_engine_model(const euphone_engine* engine);

/* --- Stop: ends analyses early, at the next window (16 s) of audio. One may serve many calls, also
 * at once. --- */

EUPHONE_API euphone_status euphone_stop_new(euphone_stop** stop, char** error);
EUPHONE_API void euphone_stop_request(euphone_stop* stop);
EUPHONE_API void euphone_stop_free(euphone_stop* stop);

/* --- Analysis of a whole recording. --- */

typedef struct euphone_analyze_options {
  size_t size;
  const char* id; /* Names the recording in results; NULL: "recording", or the file's stem. */
  const euphone_stop* stop; /* NULL: it runs to its end. */
} euphone_analyze_options;

/* `count` samples, mono, at `rate` Hz (4000 to 768000); what is not finite, or far
 * above 1, is refused. Up to 300 s.
 * A recording that cannot be scored fairly is no failure: see euphone_analysis_status(). `options`
 * may be NULL. */
EUPHONE_API euphone_status euphone_analyze(const euphone_engine* engine, const float* samples,
                                           size_t count, int32_t rate, const char* text,
                                           const euphone_analyze_options* options,
                                           euphone_analysis** analysis, char** error);
/* The same of a file: WAV, AIFF, FLAC, Ogg (Vorbis, Opus), MP3. */
EUPHONE_API euphone_status euphone_analyze_file(const euphone_engine* engine, const char* path,
                                                const char* text,
                                                const euphone_analyze_options* options,
                                                euphone_analysis** analysis, char** error);
EUPHONE_API void euphone_analysis_free(euphone_analysis* analysis);

/* EUPHONE_OK where it was scored, else EUPHONE_NOT_SCORED; why: "verdict" and "quality" in its
 * JSON. */
EUPHONE_API euphone_status euphone_analysis_status(const euphone_analysis* analysis);

/* The whole result as a document: "json" (contract/analysis.schema.json), "textgrid", "ctm", "csv",
 * "srt", "azure", "terminal". */
EUPHONE_API euphone_status euphone_analysis_write(const euphone_analysis* analysis,
                                                  const char* format, char** document,
                                                  char** error);

typedef struct euphone_scores {
  size_t size;
  double accuracy, fluency, completeness, prosody, total;
  double uncertainty; /* Of `total`: how far the judges disagree, in points. */
} euphone_scores;

typedef struct euphone_word {
  size_t size;
  const char* text;  /* As it is spoken. */
  const char* error; /* "none", "mispronounced", "omitted", "inserted", "repeated",
                        "unexpected_pause", "missing_pause". */
  const char*
      band; /* "clear", "slightly_accented", "hard_to_understand", "not_as_written", "not_sure". */
  double accuracy;       /* NaN for inserted and repeated words, and where nothing was scored. */
  double stress;         /* How well its stress was placed; NaN where that is not judged. */
  double start_s, end_s; /* Equal for omitted words. */
  size_t phones;         /* For euphone_analysis_phone(). */
} euphone_word;

typedef struct euphone_phone {
  size_t size;
  const char* arpabet; /* "TH", without stress. */
  const char* ipa;
  const char* claim; /* "right", "substituted", "dropped", "distorted", "not_sure"; NULL where the
                        scorer claims nothing. */
  const char* said;  /* The phone that was said instead; NULL unless `claim` is "substituted". */
  const char* band;
  double score;
  double start_s, end_s;
  int32_t stress; /* Of a vowel: 1 primary, 2 secondary, 0 none; -1 of a consonant. */
} euphone_phone;

/* Words in time order, omitted ones where they should have been. Fails: EUPHONE_USAGE for an index
 * out of range. */
EUPHONE_API size_t euphone_analysis_words(const euphone_analysis* analysis);
EUPHONE_API euphone_status euphone_analysis_scores(const euphone_analysis* analysis,
                                                   euphone_scores* scores);
EUPHONE_API euphone_status euphone_analysis_word(const euphone_analysis* analysis, size_t word,
                                                 euphone_word* out);
EUPHONE_API euphone_status euphone_analysis_phone(const euphone_analysis* analysis, size_t word,
                                                  size_t phone, euphone_phone* out);

/* --- Live: audio in while somebody reads, events out. --- */

typedef struct euphone_live_options {
  size_t size;
  int32_t rate;         /* Of the samples to come, Hz; 0: 16000. */
  int32_t reproducible; /* Not 0: the same audio gives the same events, byte by byte, and none tells
                           the clock. For recordings. */
} euphone_live_options;

/* Begins a session with threads of its own. `options` may be NULL. */
EUPHONE_API euphone_status euphone_live_open(euphone_engine* engine, const char* text,
                                             const euphone_live_options* options,
                                             euphone_live** live, char** error);
/* The next samples. They are copied; what is not finite counts as silence, and what comes faster
 * than it is heard waits in memory. Never waits itself. */
EUPHONE_API euphone_status euphone_live_push(euphone_live* live, const float* samples, size_t count,
                                             char** error);
/* The next event, one line of JSON (contract/live_event.schema.json), waiting for it up to
 * `wait_ms`; *event is NULL where none has come, and always once "stopped" was given. */
EUPHONE_API euphone_status euphone_live_poll(euphone_live* live, int32_t wait_ms, char** event,
                                             char** error);
/* No more samples will come: waits until all were heard and judged. Then poll gives the rest, and
 * "stopped" as the last. */
EUPHONE_API euphone_status euphone_live_finish(euphone_live* live, char** error);
/* Ends the session; what was heard is judged still, so this may take a second. */
EUPHONE_API void euphone_live_free(euphone_live* live);

#ifdef __cplusplus
}
#endif
#endif
