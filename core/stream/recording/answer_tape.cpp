#include "core/stream/recording/answer_tape.h"

#include <utility>

#include "core/stream/recording/tape.h"

namespace rw {

namespace {

class AnswersOfNode final : public AnswerRecorder {
 public:
    AnswersOfNode(LookupRecorder& tape, const NodeId& node) : m_tape(tape), m_number(tape.addAsking(node)) {}
    void add(Answers answers) override { m_tape.add(m_number, std::move(answers)); }

 private:
    LookupRecorder& m_tape;
    const std::size_t m_number;
};

}  // namespace

AnswerTape answerTapeOf(const MakeContext& context) {
    AnswerTape tape;
    if (context.recorder) tape.recorder = std::make_shared<AnswersOfNode>(*context.recorder, context.node);
    if (context.replay) tape.reader = context.replay->answers(context.node);
    return tape;
}

}  // namespace rw
