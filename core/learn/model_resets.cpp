#include "core/learn/model_resets.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/stream/recording/answer_tape.h"

namespace rw::learn {

namespace {

constexpr std::size_t kMostResets = 1'000'000;  // of a tape, that may be anybody's

// How a reset is written on the tape: a word for what its number is, and that.
constexpr std::string_view kRow = "reset at row ", kTime = "reset at time ";

bool startsWith(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

/// Whether rows at this input have no positions: those that a source rejected.
bool withoutPositions(const MakeContext& context) {
    return !context.inputs.empty() && context.inputs.front().type.rejected;
}

}  // namespace

ModelResets::ModelResets(bool asTheyCome, const MakeContext& context)
    : m_asTheyCome(asTheyCome),
      m_instances(context.instances),
      m_replays(context.replay != nullptr),
      m_asked(context.asked),
      m_tape(answerTapeOf(context)) {
    if (!m_asked) return;
    if (m_replays) {
        m_asked->refuse({ErrorCode::Invalid,
                         RW_TEXT("learning", "The run repeats a recording, with the resets that are on it."),
                         RW_TEXT("learning", "Reset the model in a run that reads its sources.")});
    } else if (context.recorder && asTheyCome && withoutPositions(context)) {
        m_asked->refuse({ErrorCode::Invalid,
                         RW_TEXT("learning",
                                 "The run is recorded, and no replay could tell between which of these rows "
                                 "the model was reset."),
                         RW_TEXT("learning", "Reset it by a row at the input “control”.")});
    }
}

Status ModelResets::load() {
    const std::lock_guard hold(m_mutex);
    return std::exchange(m_loaded, true) ? Status() : read();
}

/// Under the mutex.
Status ModelResets::read() {
    const std::string_view mine = m_asTheyCome ? kRow : kTime;
    bool others = false;
    while (m_tape.reader && m_resets.size() < kMostResets) {
        RW_TRY_ASSIGN(const std::vector<Answers> some, m_tape.reader->read());
        if (some.empty()) break;
        for (const Answers& answers : some) {
            for (const std::string& text : answers.answers) {
                std::int64_t at = 0;
                const char* const end = text.data() + text.size();
                const bool known =
                    startsWith(text, mine) && std::from_chars(text.data() + mine.size(), end, at).ptr == end;
                others = others || !known;
                if (known) m_resets.push_back(at);
            }
        }
    }
    std::sort(m_resets.begin(), m_resets.end());
    if (others)
        note(
            RW_TEXT("learning",
                    "The model is not reset as it was in the run on the tape: the rows come in another order "
                    "here than there."));
    return {};
}

std::size_t ModelResets::firstOf(std::uint64_t before) const {
    return m_replays ? static_cast<std::size_t>(before) : 0;
}

std::int64_t ModelResets::next(std::size_t done, std::int64_t last) {
    const std::lock_guard hold(m_mutex);
    // Behind the last row of all it would be none.
    if (m_asked && !m_replays && m_most < kMaxTimestamp && m_asked->takeNow()) {
        m_resets.push_back(m_most);
        record(m_most);
        note(RW_TEXT("learning", "Reset as asked: rows from now on find a model that has learnt nothing."));
    }
    m_most = std::max(m_most, last);
    return done < m_resets.size() ? m_resets[done] : kMaxTimestamp;
}

bool ModelResets::atBarrier(std::uint64_t checkpoint, std::int64_t last) {
    if (!m_asked || m_replays || !m_asked->takeAt(checkpoint)) return false;
    const std::lock_guard hold(m_mutex);
    if (checkpoint != m_barrier) {
        m_barrier = checkpoint;
        m_passed = 0;
        m_atBarrier = kMinTimestamp;
        note(RW_TEXT("learning",
                     "Reset as asked: the rows after checkpoint %1 find a model that has learnt nothing.")
                 .with(checkpoint));
    }
    m_atBarrier = std::max(m_atBarrier, last);
    if (++m_passed == m_instances) record(m_atBarrier);
    return true;
}

std::vector<Text> ModelResets::takeNotes() {
    if (!m_hasNotes.load(std::memory_order_relaxed)) return {};
    const std::lock_guard hold(m_mutex);
    m_hasNotes = false;
    return std::exchange(m_notes, {});
}

/// Under the mutex.
void ModelResets::record(std::int64_t at) {
    if (!m_tape.recorder) return;
    Answers answers;
    answers.outcome = Answers::Outcome::Answered;
    answers.rows = {{-1, static_cast<std::int64_t>(m_recorded++)}};
    answers.answers = {std::string(m_asTheyCome ? kRow : kTime) + std::to_string(at)};
    m_tape.recorder->add(std::move(answers));
}

/// Under the mutex.
void ModelResets::note(Text text) {
    m_notes.push_back(std::move(text));
    m_hasNotes = true;
}

}  // namespace rw::learn
