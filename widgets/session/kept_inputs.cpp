#include "widgets/session/kept_inputs.h"

#include <utility>

namespace rw::ui {

Text RunInput::lacks() const {
    if (resumed)
        return RW_TEXT("run", "The run resumed from a checkpoint, and no tape has what came before that.");
    if (!tape.empty()) {
        if (trouble.empty()) return {};
        return RW_TEXT("run", "The recording has ended before the run: %1").with(trouble);
    }
    if (!kept)
        return RW_TEXT("run", "The input of the run is not kept: record it, or have the newest input kept.");
    const RollingTape::Kept now = kept->kept();
    if (!now.trouble.empty())
        return RW_TEXT("run", "The input of the run is not all kept: %1").with(now.trouble);
    if (now.any && now.fromStart) return {};
    return RW_TEXT("run", "The input that is kept does not go back to the start of the run.");
}

std::uint64_t RunInput::bytes() const {
    return tape.empty() && kept ? kept->kept().bytes : tapeBytes;
}

Result<TapeFileRef> RunInput::open() const {
    if (!tape.empty()) return TapeFile::open(tape);
    if (kept) return kept->tape();
    return Status(ErrorCode::NotFound, lacks(), RW_TEXT("run", "Choose another way to go on."));
}

// Its files go at once, also where an answer that is shown still has it.
void KeptInputs::letGoOf(std::shared_ptr<RollingTape> tape) {
    if (!tape) return;
    m_worker.start([tape = std::move(tape)]() mutable {
        tape->end();
        tape.reset();
    });
}

void KeptInputs::letGo() {
    letGoOf(std::exchange(m_newest, nullptr));
    for (EarlierInput& each : m_earlier) letGoOf(std::move(each.tape));
    m_earlier.clear();
    m_wentOn = false;
}

void KeptInputs::begin(std::shared_ptr<RollingTape> next) {
    letGo();
    m_newest = std::move(next);
    m_files = nullptr;
}

void KeptInputs::goOn(std::shared_ptr<RollingTape> next, Pipeline before) {
    m_wentOn = true;
    if (std::shared_ptr<RollingTape> last = std::exchange(m_newest, std::move(next)))
        m_earlier.insert(m_earlier.begin(), {std::move(last), std::move(before)});
    std::uint64_t bytes = 0;
    std::size_t kept = 0;
    while (kept < m_earlier.size()) {
        bytes += m_earlier[kept].tape->kept().bytes;
        if (bytes > RollingLimits().bytes) break;
        ++kept;
    }
    for (std::size_t i = kept; i < m_earlier.size(); ++i) letGoOf(std::move(m_earlier[i].tape));
    m_earlier.resize(kept);
}

void KeptInputs::goBack(std::shared_ptr<RollingTape> next) {
    letGoOf(std::exchange(m_newest, std::move(next)));
}

}  // namespace rw::ui
