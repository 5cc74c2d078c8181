#include "core/tape/taped_answers.h"

#include "core/data/state_reader.h"
#include "core/tape/tape_answers.h"

namespace rw {

Result<std::vector<Answers>> TapedAnswers::read() {
    const std::vector<TapeFile::Block>& blocks = m_tape->asking()[m_number].blocks;
    if (m_block == blocks.size()) return std::vector<Answers>();
    const TapeFile::Block& block = blocks[m_block++];
    RW_TRY_ASSIGN(const std::string payload, m_tape->read(block));
    RW_TRY_ASSIGN(std::vector<Answers> read, loadAnswers(payload));
    std::uint64_t rows = 0;
    for (const Answers& some : read) rows += some.rows.size();
    if (rows != block.header.rows || rows == 0) return brokenState("rows of answers");
    return read;
}

}  // namespace rw
