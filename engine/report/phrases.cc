#include "report/phrases.h"

namespace euphone {

const Phrases kEnglish = {
    .score = "Score",
    .good = "Good",
    .first = "Do first",
    .next = "Next",
    .work_on = "Work on",
    .extra = "Extra",
    .stress = "Stress",
    .melody = "Melody",
    .pauses = "Pauses",
    .pace = "Pace",
    .read = "Read",
    .not_sure = "Not sure",
    .guessed = "Guessed",
    .text = "Text",
    .recording = "Recording",
    .sentences = "Sentences",
    .details = "Details",

    .clear = "clear",
    .slightly_accented = "slightly accented",
    .hard_to_understand = "hard to understand",
    .not_as_written = "not what was written",
    .unsure = "not sure",
    .left_out = "left out",
    .extra_word = "extra",

    .out_of_100 = "{score} of 100",
    .quoted = "“{word}”",
    .sound = "“{letters}”",
    .sound_as_in = "“{letters}” (as in “{key}”)",

    .every_word_clear = "Every word was clear.",
    .every_word_read = "You read every word.",
    .sound_clear = "Your {sound} in “{word}” was clear.",
    .word_clear = "You said “{word}” clearly.",

    .read_everything = "I heard {read} of {all} words.",
    .read_up_to = "I heard {read} of {all} words, up to “{word}”.",
    .read_everything_how = "Read the whole text, from the first word to the last.",
    .read_again = "You read the text more than once; I scored the last time.",
    .read_again_how = "Read it once: a slip is no reason to begin again.",
    .sounded_like = "The {sound} in “{word}” sounded like {heard}.",
    .sound_missing = "I did not hear the {sound} in “{word}”.",
    .sound_unclear = "The {sound} in “{word}” was not clear.",
    .sound_unsure = "The {sound} in “{word}” may not be right yet. Listen to it again.",
    .sound_nearly = "The {sound} in “{word}” can be a little clearer.",
    .word_left_out = "You left out “{word}”.",
    .word_left_out_how = "Read the sentence again and say every word.",
    .word_added = "You said something that is not in the text.",
    .word_added_how = "Read the sentence again and say only the words you see.",
    .word_repeated = "You said “{word}” again.",
    .word_repeated_how = "Take your time, then read the sentence in one go.",
    .wrong_stress = "In “{word}”, part {heard} was the strongest. It should be part {expected}.",
    .wrong_stress_how = "Say the strong part louder, longer and higher than the others.",
    .unneeded_pause = "You stopped after “{word}”.",
    .pause_between = "You stopped between “{word}” and “{next}”.",
    .unneeded_pause_how = "Say the words before and after it together, without a break.",
    .link_how = "Let the end of the first word run into the second, without a break.",
    .should_fall = "Your voice went up on “{word}”. It should fall there.",
    .should_rise = "Your voice fell on “{word}”. In this question it should go up there.",
    .should_fall_how = "Start high on that word, then let your voice slide down to the end.",
    .should_rise_how = "Start low on that word, then let your voice climb to the end.",
    .nothing_to_fix = "Nothing to fix here.",
    .nothing_to_fix_how = "Try a longer or a harder sentence.",
    .try_pair = "Try “{one}” and “{other}”.",

    .key_sound = "{ipa} as in {key}",
    .heard_as = "sounded like {sound}",
    .heard_none = "not heard",
    .heard_unclear = "not clear",
    .heard_unsure = "may not be right",
    .at = "{seconds} s",
    .more_words = "and {count} more",
    .extra_at = "{heard} at {seconds} s",
    .repeated_at = "“{word}” again at {seconds} s",
    .one_note =
        "Your voice stays on one note: let it go up on the words that matter, and come down at "
        "the end of a statement.",
    .rise_missing = "“{word}” ends a question: let your voice go up there.",
    .rise_unexpected = "Your voice went up on “{word}”: let it fall at the end of the sentence.",
    .no_extra_pauses = "Only where the text asks for them.",
    .pause_after = "{seconds} s after “{word}”, where the text asks for none",
    .pause_missing = "none after “{word}”, where the text asks for one",
    .pace_is = "{wpm} words a minute. Many people read aloud at about 150.",
    .words_read = "{read} of {all} words",
    .words_left_out = "; you left out {words}",
    .cannot_judge = "I cannot judge {words} fairly. Listen again and decide for yourself.",
    .cannot_judge_any =
        "I could not hear you well enough to judge this reading. Read it once more, "
        "closer to the microphone.",
    .guessed_words =
        "{words}: not in my dictionary, so I guessed how to say it. The score may be wrong there.",

    .heard_text =
        "You gave me no text. This is what I think you said; the scores are about these words:",

    .withheld = "No score this time: this recording does not let me judge you fairly.",
    .withheld_how = "Record it once more.",
    .wrong_text = "No score: this does not sound like the text above.",
    .wrong_text_how = "Read exactly these words, or choose the text that you want to read.",
    .nothing_heard = "I did not hear any of these words.",
    .nothing_heard_how =
        "Wait until the recording has started, then read the text in your normal "
        "voice, about a hand's length from the microphone.",
    .nothing_to_read = "There are no words to read in this text.",
    .nothing_to_read_how = "Give a text with at least one English word.",
    .nothing_recognised = "No score: I could not make out any English words.",
    .nothing_recognised_how = "Speak a little louder and more slowly, or give a text and read it.",
    .misheard = "No score: I am not sure what you said; the text above does not fit it well.",
    .misheard_how = "Say it again more clearly, or give a text and read it.",

    .accuracy = "accuracy",
    .fluency = "fluency",
    .completeness = "completeness",
    .prosody = "prosody",
    .total = "total",
    .column_word = "word",
    .column_sound = "sound",
    .column_score = "score",
    .column_time = "seconds",
    .column_heard = "heard",
    .heard_nothing = "nothing {percent} %",
    .heard_share = "{phone} {percent} %",
    .model_is = "model {model}, {confidence} % sure that this text was read",
    .levels_are =
        "{seconds} s of speech, peak {peak} dBFS, speech {speech} dBFS, noise {noise} "
        "dBFS, {snr} dB between speech and noise",
    .rates_are =
        "syllables a second: {articulation} ({speech} with pauses); pauses: {pauses} % of the "
        "time; syllables between pauses: {run}",
    .pitch_is = "voice about {middle} Hz; range in each sentence: {ranges} semitones",
    .rhythm_is =
        "rhythm: vowels nPVI {npvi}, {vowels} % of the time, VarcoV {varco}; consonants rPVI "
        "{rpvi} "
        "ms, ΔC {delta} ms",
};

}  // namespace euphone
