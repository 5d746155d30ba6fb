/* What euphone.Native declares, over the C API. Where something fails, a Java exception is pending and the value means nothing. */
#include <euphone.h>
#include <jni.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define EUPHONE_NATIVE(type, name) JNIEXPORT type JNICALL Java_euphone_Native_##name

static void raise_memory(JNIEnv* env) {
  jclass type = (*env)->FindClass(env, "java/lang/OutOfMemoryError");
  if (type != NULL) (*env)->ThrowNew(env, type, "not enough memory");
}

/* Java's NewStringUTF takes another form of UTF-8, so a string is made of bytes. NULL stays null. */
static jstring new_string(JNIEnv* env, const char* text) {
  if (text == NULL) return NULL;
  const jsize length = (jsize)strlen(text);
  jbyteArray bytes = (*env)->NewByteArray(env, length);
  jclass type = (*env)->FindClass(env, "java/lang/String");
  jstring charset = (*env)->NewStringUTF(env, "UTF-8");
  if (bytes == NULL || type == NULL || charset == NULL) return NULL;
  (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte*)text);
  jmethodID made = (*env)->GetMethodID(env, type, "<init>", "([BLjava/lang/String;)V");
  jstring string = made == NULL ? NULL : (jstring)(*env)->NewObject(env, type, made, bytes, charset);
  (*env)->DeleteLocalRef(env, bytes);
  (*env)->DeleteLocalRef(env, type);
  (*env)->DeleteLocalRef(env, charset);
  return string;
}

/* Throws what a call said, and frees it. */
static void raise_failure(JNIEnv* env, euphone_status status, char* error) {
  jclass type = (*env)->FindClass(env, "euphone/EuphoneException");
  jmethodID made = type == NULL ? NULL : (*env)->GetMethodID(env, type, "<init>", "(ILjava/lang/String;)V");
  jstring message = new_string(env, error != NULL ? error : "not enough memory");
  euphone_string_free(error);
  if (made == NULL || message == NULL) return;
  jobject thrown = (*env)->NewObject(env, type, made, (jint)status, message);
  if (thrown != NULL) (*env)->Throw(env, (jthrowable)thrown);
}

/* Bytes with a zero behind them; NULL for null, and, with an exception, where memory is lacking. */
static char* copy_text(JNIEnv* env, jbyteArray bytes) {
  if (bytes == NULL) return NULL;
  const jsize length = (*env)->GetArrayLength(env, bytes);
  char* text = malloc((size_t)length + 1);
  if (text == NULL) {
    raise_memory(env);
    return NULL;
  }
  (*env)->GetByteArrayRegion(env, bytes, 0, length, (jbyte*)text);
  text[length] = '\0';
  return text;
}

/* Takes text that the C API made. */
static jbyteArray bytes_of(JNIEnv* env, char* text) {
  const jsize length = (jsize)strlen(text);
  jbyteArray bytes = (*env)->NewByteArray(env, length);
  if (bytes != NULL) (*env)->SetByteArrayRegion(env, bytes, 0, length, (const jbyte*)text);
  euphone_string_free(text);
  return bytes;
}

static euphone_engine* engine_of(jlong handle) { return (euphone_engine*)(intptr_t)handle; }
static euphone_analysis* analysis_of(jlong handle) { return (euphone_analysis*)(intptr_t)handle; }
static euphone_live* live_of(jlong handle) { return (euphone_live*)(intptr_t)handle; }
static jlong handle_of(const void* made) { return (jlong)(intptr_t)made; }

EUPHONE_NATIVE(jlong, openEngine)
(JNIEnv* env, jclass self, jbyteArray data, jbyteArray language, jbyteArray model, jbyteArray scorer, jbyteArray lexicon, jbyteArray runtime, jint threads) {
  (void)self;
  char* texts[] = {copy_text(env, data), copy_text(env, language), copy_text(env, model), copy_text(env, scorer), copy_text(env, lexicon), copy_text(env, runtime)};
  const euphone_engine_options options = {.size = sizeof options,
                                          .data = texts[0],
                                          .language = texts[1],
                                          .model = texts[2],
                                          .scorer = texts[3],
                                          .lexicon = texts[4],
                                          .runtime = texts[5],
                                          .threads = threads};
  euphone_engine* engine = NULL;
  char* error = NULL;
  if (!(*env)->ExceptionCheck(env)) {
    const euphone_status status = euphone_engine_open(&options, &engine, &error);
    if (status != EUPHONE_OK) raise_failure(env, status, error);
  }
  for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i) free(texts[i]);
  return handle_of(engine);
}

EUPHONE_NATIVE(void, freeEngine)(JNIEnv* env, jclass self, jlong engine) {
  (void)env, (void)self;
  euphone_engine_free(engine_of(engine));
}

EUPHONE_NATIVE(jstring, model)(JNIEnv* env, jclass self, jlong engine) {
  (void)self;
  return new_string(env, euphone_engine_model(engine_of(engine)));
}

EUPHONE_NATIVE(jlong, analyze)(JNIEnv* env, jclass self, jlong engine, jfloatArray samples, jint rate, jbyteArray text) {
  (void)self;
  char* words = copy_text(env, text);
  jfloat* floats = words == NULL || samples == NULL ? NULL : (*env)->GetFloatArrayElements(env, samples, NULL);
  const size_t count = floats == NULL ? 0 : (size_t)(*env)->GetArrayLength(env, samples);
  euphone_analysis* analysis = NULL;
  char* error = NULL;
  if (!(*env)->ExceptionCheck(env)) {
    const euphone_status status = euphone_analyze(engine_of(engine), floats, count, rate, words, NULL, &analysis, &error);
    if (status != EUPHONE_OK) raise_failure(env, status, error);
  }
  if (floats != NULL) (*env)->ReleaseFloatArrayElements(env, samples, floats, JNI_ABORT);
  free(words);
  return handle_of(analysis);
}

EUPHONE_NATIVE(jlong, analyzeFile)(JNIEnv* env, jclass self, jlong engine, jbyteArray path, jbyteArray text) {
  (void)self;
  char* file = copy_text(env, path);
  char* words = copy_text(env, text);
  euphone_analysis* analysis = NULL;
  char* error = NULL;
  if (!(*env)->ExceptionCheck(env)) {
    const euphone_status status = euphone_analyze_file(engine_of(engine), file, words, NULL, &analysis, &error);
    if (status != EUPHONE_OK) raise_failure(env, status, error);
  }
  free(file);
  free(words);
  return handle_of(analysis);
}

EUPHONE_NATIVE(void, freeAnalysis)(JNIEnv* env, jclass self, jlong analysis) {
  (void)env, (void)self;
  euphone_analysis_free(analysis_of(analysis));
}

EUPHONE_NATIVE(jboolean, scored)(JNIEnv* env, jclass self, jlong analysis) {
  (void)env, (void)self;
  return euphone_analysis_status(analysis_of(analysis)) == EUPHONE_OK;
}

EUPHONE_NATIVE(jobject, scores)(JNIEnv* env, jclass self, jlong analysis) {
  (void)self;
  euphone_scores s = {.size = sizeof s};
  euphone_analysis_scores(analysis_of(analysis), &s);
  jclass type = (*env)->FindClass(env, "euphone/Scores");
  jmethodID made = type == NULL ? NULL : (*env)->GetMethodID(env, type, "<init>", "(DDDDDD)V");
  return made == NULL ? NULL : (*env)->NewObject(env, type, made, s.accuracy, s.fluency, s.completeness, s.prosody, s.total, s.uncertainty);
}

#define STRING "Ljava/lang/String;"

static jobjectArray phones_of(JNIEnv* env, const euphone_analysis* analysis, size_t word, size_t count) {
  jclass type = (*env)->FindClass(env, "euphone/Phone");
  jmethodID made = type == NULL ? NULL : (*env)->GetMethodID(env, type, "<init>", "(" STRING STRING STRING STRING STRING "DDDI)V");
  jobjectArray phones = made == NULL ? NULL : (*env)->NewObjectArray(env, (jsize)count, type, NULL);
  for (size_t i = 0; phones != NULL && i < count; ++i) {
    euphone_phone p = {.size = sizeof p};
    euphone_analysis_phone(analysis, word, i, &p);
    if ((*env)->PushLocalFrame(env, 8) != 0) return NULL;
    jobject phone = (*env)->NewObject(env, type, made, new_string(env, p.arpabet), new_string(env, p.ipa), new_string(env, p.claim), new_string(env, p.said),
                                      new_string(env, p.band), p.score, p.start_s, p.end_s, (jint)p.stress);
    phone = (*env)->PopLocalFrame(env, phone);
    if (phone == NULL) return NULL;
    (*env)->SetObjectArrayElement(env, phones, (jsize)i, phone);
    (*env)->DeleteLocalRef(env, phone);
  }
  return phones;
}

EUPHONE_NATIVE(jobjectArray, words)(JNIEnv* env, jclass self, jlong handle) {
  (void)self;
  const euphone_analysis* analysis = analysis_of(handle);
  const size_t count = euphone_analysis_words(analysis);
  jclass type = (*env)->FindClass(env, "euphone/Word");
  jmethodID made = type == NULL ? NULL : (*env)->GetMethodID(env, type, "<init>", "(" STRING STRING STRING "DDDD[Leuphone/Phone;)V");
  jobjectArray words = made == NULL ? NULL : (*env)->NewObjectArray(env, (jsize)count, type, NULL);
  for (size_t i = 0; words != NULL && i < count; ++i) {
    euphone_word w = {.size = sizeof w};
    euphone_analysis_word(analysis, i, &w);
    if ((*env)->PushLocalFrame(env, 16) != 0) return NULL;
    jobjectArray phones = phones_of(env, analysis, i, w.phones);
    jobject word = phones == NULL ? NULL
                                  : (*env)->NewObject(env, type, made, new_string(env, w.text), new_string(env, w.error), new_string(env, w.band), w.accuracy,
                                                      w.stress, w.start_s, w.end_s, phones);
    word = (*env)->PopLocalFrame(env, word);
    if (word == NULL) return NULL;
    (*env)->SetObjectArrayElement(env, words, (jsize)i, word);
    (*env)->DeleteLocalRef(env, word);
  }
  return words;
}

EUPHONE_NATIVE(jbyteArray, write)(JNIEnv* env, jclass self, jlong analysis, jbyteArray format) {
  (void)self;
  char* name = copy_text(env, format);
  char* document = NULL;
  char* error = NULL;
  if ((*env)->ExceptionCheck(env)) return NULL;
  const euphone_status status = euphone_analysis_write(analysis_of(analysis), name, &document, &error);
  free(name);
  if (status == EUPHONE_OK) return bytes_of(env, document);
  raise_failure(env, status, error);
  return NULL;
}

EUPHONE_NATIVE(jlong, listen)(JNIEnv* env, jclass self, jlong engine, jbyteArray text, jint rate, jboolean reproducible) {
  (void)self;
  char* words = copy_text(env, text);
  const euphone_live_options options = {.size = sizeof options, .rate = rate, .reproducible = reproducible};
  euphone_live* live = NULL;
  char* error = NULL;
  if (!(*env)->ExceptionCheck(env)) {
    const euphone_status status = euphone_live_open(engine_of(engine), words, &options, &live, &error);
    if (status != EUPHONE_OK) raise_failure(env, status, error);
  }
  free(words);
  return handle_of(live);
}

EUPHONE_NATIVE(void, push)(JNIEnv* env, jclass self, jlong live, jfloatArray samples, jint count) {
  (void)self;
  const jsize all = samples == NULL ? 0 : (*env)->GetArrayLength(env, samples);
  jfloat* floats = samples == NULL ? NULL : (*env)->GetFloatArrayElements(env, samples, NULL);
  if ((*env)->ExceptionCheck(env)) return;
  const size_t taken = count < 0 ? 0 : count < all ? (size_t)count : (size_t)all;
  char* error = NULL;
  const euphone_status status = euphone_live_push(live_of(live), floats, taken, &error);
  if (floats != NULL) (*env)->ReleaseFloatArrayElements(env, samples, floats, JNI_ABORT);
  if (status != EUPHONE_OK) raise_failure(env, status, error);
}

EUPHONE_NATIVE(jbyteArray, poll)(JNIEnv* env, jclass self, jlong live, jint milliseconds) {
  (void)self;
  char* event = NULL;
  char* error = NULL;
  const euphone_status status = euphone_live_poll(live_of(live), milliseconds, &event, &error);
  if (status != EUPHONE_OK) raise_failure(env, status, error);
  return event == NULL ? NULL : bytes_of(env, event);
}

EUPHONE_NATIVE(void, finish)(JNIEnv* env, jclass self, jlong live) {
  (void)self;
  char* error = NULL;
  const euphone_status status = euphone_live_finish(live_of(live), &error);
  if (status != EUPHONE_OK) raise_failure(env, status, error);
}

EUPHONE_NATIVE(void, freeLive)(JNIEnv* env, jclass self, jlong live) {
  (void)env, (void)self;
  euphone_live_free(live_of(live));
}
