#pragma once

#include <cstddef>
#include <span>

#include "command/phrase.h"
#include "model/acoustic_model.h"

namespace euphone {

/// How well the frames [begin, end) of the framewise output are these phones one after the other,
/// with silence before, after and between them where there is some: the log-likelihood of the best
/// such path − that of the best path of all, in nats per frame of speech; 0 at best, −8 at worst.
/// What a phone is least like counts as −8, so that one bad frame does not decide.
double FrameFit(const Matrix& frames, std::size_t begin, std::size_t end,
                std::span<const int> phones);

/// How well the frames [begin, end) are this phrase and nothing else, said in any of its ways:
/// ForcedFit of the CTC output (which sounds) + 1.5 · FrameFit (all of the time); 0 at best. −∞
/// where a phone would last less than 3 or more than 18 frames on average.
double PhraseFit(const Posteriors& heard, std::size_t begin, std::size_t end, const Phrase& phrase,
                 std::size_t speech_frames);

}  // namespace euphone
