#include "core/connect/web/sink_patience.h"

#include <algorithm>

#include "core/base/readable.h"

namespace rw {

namespace {

constexpr Millis kGrace = 400;
constexpr Millis kFirstPause = 200, kLongestPause = 10'000;

}  // namespace

SinkPatience::SinkPatience(std::string server, Millis giveUpAfter, std::function<bool()> stopping)
    : m_server(std::move(server)), m_giveUpAfter(giveUpAfter), m_stopping(std::move(stopping)) {}

void SinkPatience::reached() {
    m_backOff = 0;
    m_board.reached();
}

bool SinkPatience::isOver() {
    if (!m_stopping()) return false;
    const std::int64_t now = m_clock->steadyMillis();
    if (m_stopAt < 0) m_stopAt = now;
    return now - m_stopAt >= kGrace;
}

Status SinkPatience::stopped() const {
    return {
        ErrorCode::Cancelled,
        RW_TEXT("http",
                "The run was stopped while %1 was waited for: rows behind the last checkpoint were not all "
                "sent.")
            .with(m_server)};
}

Status SinkPatience::waitAgain(const Status& why, Millis notBefore, std::int64_t since) {
    if (m_backOff == 0)
        m_notes.push_back(
            RW_TEXT("http", "%1 Rows are sent again until they are taken.").with(why.error().message));
    m_backOff = std::clamp(m_backOff * 2, kFirstPause, kLongestPause);
    const std::int64_t until = m_clock->steadyMillis() + std::max(m_backOff, notBefore);
    if (until - since > m_giveUpAfter) {
        return {ErrorCode::Io,
                RW_TEXT("http", "%1 Rows were not taken within %2.")
                    .with(why.error().message, durationText(m_giveUpAfter)),
                why.error().fix};
    }
    m_board.away(why.error().message, std::max(m_backOff, notBefore));
    while (m_clock->steadyMillis() < until) {
        if (isOver()) return stopped();
        m_clock->sleep(std::min<Millis>(kTurn, until - m_clock->steadyMillis()));
    }
    return {};
}

}  // namespace rw
