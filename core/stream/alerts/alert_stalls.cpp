#include "core/stream/alerts/alert_stalls.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

#include "core/stream/recording/answer_tape.h"
#include "core/stream/recording/tape.h"

namespace rw {

namespace {

constexpr std::size_t kMostStalls = 1'000'000;  // of a tape, that may be anybody's

std::string stallText(const AlertStall& stall) {
    return fmt::format("{} {} {}", stall.watermark, stall.newest, stall.at);
}

/// Nothing: it is the answer of another node.
std::optional<AlertStall> stallOf(const std::string& text) {
    AlertStall stall;
    const char* from = text.data();
    const char* const end = text.data() + text.size();
    for (Instant* const each : {&stall.watermark, &stall.newest, &stall.at}) {
        if (each != &stall.watermark) {
            if (from == end || *from != ' ') return std::nullopt;
            ++from;
        }
        const auto [next, error] = std::from_chars(from, end, *each);
        if (error != std::errc()) return std::nullopt;
        from = next;
    }
    return from == end ? std::optional(stall) : std::nullopt;
}

}  // namespace

AlertStalls::AlertStalls(Millis after, const MakeContext& context)
    : m_after(after),
      m_clock(context.clock ? context.clock : systemClock()),
      m_active(context.active),
      m_tape(after > 0 ? answerTapeOf(context) : AnswerTape()),
      m_replays(context.replay != nullptr && context.replay->standsForClock()),
      m_movedAt(active()),
      m_due(saturatingAdd(m_movedAt, after)) {}

std::int64_t AlertStalls::active() const {
    return m_active ? m_active() : m_clock->steadyMillis();
}

Status AlertStalls::read() {
    while (m_tape.reader && m_taped.size() < kMostStalls) {
        RW_TRY_ASSIGN(const std::vector<Answers> some, m_tape.reader->read());
        if (some.empty()) break;
        for (const Answers& answers : some) {
            for (const std::string& text : answers.answers) {
                if (const auto stall = stallOf(text)) m_taped.push_back(*stall);
            }
        }
    }
    return {};
}

void AlertStalls::moved() {
    if (!byClock()) return;
    m_movedAt = active();
    m_due = saturatingAdd(m_movedAt, m_after);
}

void AlertStalls::startFrom(std::uint64_t count) {
    m_number = count;
    const std::uint64_t gone = std::min<std::uint64_t>(count, m_taped.size());
    m_taped.erase(m_taped.begin(), m_taped.begin() + static_cast<std::ptrdiff_t>(gone));
}

std::int64_t AlertStalls::wakesAt(Instant watermark) const {
    if (m_replays) return next() <= watermark && !m_taped.empty() ? 0 : Operator::kNever;
    if (!byClock() || m_due == kMaxTimestamp) return Operator::kNever;
    // While the run is paused its time stands still, and this moves on.
    return m_clock->steadyMillis() + std::max<std::int64_t>(m_due - active(), 0);
}

std::optional<AlertStall> AlertStalls::take(Instant watermark, Instant newest) {
    if (m_replays) {
        if (m_taped.empty() || next() > watermark) return std::nullopt;
        const AlertStall stall = m_taped.front();
        m_taped.pop_front();
        ++m_number;
        return stall;
    }
    const std::int64_t now = active();
    if (!byClock() || now < m_due) return std::nullopt;
    AlertStall stall{watermark, newest, m_clock->now()};
    const Instant base = std::max(watermark, newest);
    if (base != kMinTimestamp) stall.at = saturatingAdd(base, now - m_movedAt);
    if (m_tape.recorder) {
        Answers answers;
        answers.outcome = Answers::Outcome::Answered;
        answers.rows = {{-1, static_cast<std::int64_t>(m_number)}};
        answers.answers = {stallText(stall)};
        m_tape.recorder->add(std::move(answers));
    }
    ++m_number;
    return stall;
}

void AlertStalls::taken(const AlertStall& stall, Instant again) {
    if (!byClock()) return;
    const std::int64_t now = active();
    m_due =
        again == kMaxTimestamp ? kMaxTimestamp : saturatingAdd(now, std::max<Millis>(again - stall.at, 1));
}

}  // namespace rw
