/* Follows a reader: samples in, events out. Here they come from standard input, 16 kHz mono float as this machine writes them:
 *
 *   ffmpeg -i take.wav -f f32le -ar 16000 -ac 1 - | ./live "What is read."
 */
#include <euphone.h>
#include <stdio.h>

static void tell(euphone_live* live, int wait_ms) {
  for (char* event = NULL; euphone_live_poll(live, wait_ms, &event, NULL) == EUPHONE_OK && event != NULL; euphone_string_free(event)) puts(event);
}

static int failed(euphone_status status, char* error) {
  fprintf(stderr, "live: %s\n", error != NULL ? error : "not enough memory");
  euphone_string_free(error);
  return status;
}

int main(int count, char** arguments) {
  if (count != 2) return EUPHONE_USAGE;
  euphone_engine* engine = NULL;
  euphone_live* live = NULL;
  char* error = NULL;
  euphone_status status = euphone_engine_open(NULL, &engine, &error);
  if (status == EUPHONE_OK) status = euphone_live_open(engine, arguments[1], NULL, &live, &error);
  euphone_engine_free(engine); /* The session keeps what it needs. */
  if (status != EUPHONE_OK) return failed(status, error);
  float samples[1600];
  for (size_t read = 0; (read = fread(samples, sizeof *samples, 1600, stdin)) > 0;) {
    status = euphone_live_push(live, samples, read, &error);
    if (status != EUPHONE_OK) return failed(status, error);
    tell(live, 0);
  }
  euphone_live_finish(live, NULL);
  tell(live, 0);
  euphone_live_free(live);
  return EUPHONE_OK;
}
