#include "widgets/session/kept_inputs.h"

#include <utility>

namespace rw::ui {

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
