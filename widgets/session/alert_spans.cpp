#include "widgets/session/alert_spans.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace rw::ui {

namespace {

constexpr std::size_t kSigns = 5;

/// A key begins to be in a state (+1), or is so no longer.
struct SpanTurn {
    Instant at;
    RuleSign sign;
    int by;
};

class SpanTurns {
 public:
    void add(RuleSign sign, Instant from, Instant to) {
        if (from == kMinTimestamp || to <= from) return;
        m_all.push_back({from, sign, +1});
        m_all.push_back({to, sign, -1});
    }
    void add(const Alert& alert, Instant judged) {
        const Instant end = alert.ongoing() ? judged : alert.ended;
        if (alert.kind == AlertKind::NoData) return add(RuleSign::Quiet, alert.raised, end);
        if (alert.stage == AlertStage::Spared) return add(RuleSign::Spared, alert.start, end);
        if (alert.stage == AlertStage::Waiting) return add(RuleSign::Waiting, alert.start, end);
        add(RuleSign::Waiting, alert.start, alert.raised);
        add(RuleSign::Raised, alert.raised, end);
    }
    std::vector<AlertSpan> spans(Instant judged) {
        std::sort(m_all.begin(), m_all.end(),
                  [](const SpanTurn& a, const SpanTurn& b) { return a.at < b.at; });
        std::vector<AlertSpan> spans;
        std::array<int, kSigns> keys{};
        for (std::size_t next = 0; next < m_all.size();) {
            const Instant at = m_all[next].at;
            for (; next < m_all.size() && m_all[next].at == at; ++next)
                keys.at(static_cast<std::size_t>(m_all[next].sign)) += m_all[next].by;
            if (next == m_all.size()) break;
            for (std::size_t sign = kSigns; sign-- > 0;) {
                if (keys.at(sign) == 0) continue;
                append(spans, {static_cast<RuleSign>(sign), at, m_all[next].at});
                break;
            }
        }
        if (!spans.empty()) spans.back().goesOn = spans.back().to >= judged;
        return spans;
    }

 private:
    static void append(std::vector<AlertSpan>& spans, const AlertSpan& span) {
        if (!spans.empty() && spans.back().sign == span.sign && spans.back().to == span.from) {
            spans.back().to = span.to;
        } else {
            spans.push_back(span);
        }
    }

    std::vector<SpanTurn> m_all{};
};

}  // namespace

std::vector<AlertSpan> alertSpans(const AlertBoard::Look& look, const NodeId& rule,
                                  const AlertBoard::Judged& judged) {
    const auto state = std::find_if(look.rules.begin(), look.rules.end(),
                                    [&rule](const auto& each) { return each.rule.node == rule; });
    if (state == look.rules.end()) return {};
    SpanTurns turns;
    for (const AlertBoard::Entry& entry : look.entries) {
        if (entry.alert.node == rule && entry.alert.kind != AlertKind::Test)
            turns.add(entry.alert, judged.upTo);
    }
    turns.add(RuleSign::Fine, std::max(judged.first, state->forgotten), judged.upTo);
    return turns.spans(judged.upTo);
}

}  // namespace rw::ui
