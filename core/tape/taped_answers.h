// The answers that a node got in the run that a tape is of.
#pragma once
#include <utility>

#include "core/tape/tape_file.h"

namespace rw {

/// Reads it block by block.
class TapedAnswers final : public AnswerReader {
 public:
    /// `number`: in TapeFile::asking().
    TapedAnswers(TapeFileRef tape, std::size_t number) : m_tape(std::move(tape)), m_number(number) {}

    Result<std::vector<Answers>> read() override;
    bool isWhole() const override {
        return m_tape->whole() && !m_tape->end().stopped && m_tape->end().failed.ok();
    }

 private:
    const TapeFileRef m_tape;
    const std::size_t m_number;
    std::size_t m_block = 0;
};

}  // namespace rw
