// The tape of a node that asks outside: where its answers go, or come from.
#pragma once
#include "core/stream/operator.h"
#include "core/stream/waiting/answers.h"

namespace rw {

/// For AsyncOperator::Options::tape, while the node is made.
AnswerTape answerTapeOf(const MakeContext& context);

}  // namespace rw
