#include "core/runtime/run_notes.h"

#include <utility>

namespace rw {

void RunNotes::add(const NodeId& node, std::vector<Text> texts, bool warning) {
    const std::lock_guard lock(m_mutex);
    OfNode& kept = m_nodes[node];
    for (Text& text : texts) {
        ++kept.count;
        kept.newest.push_back(text);
        if (kept.newest.size() > kNotesKept) kept.newest.pop_front();
        m_untaken.push_back({node, std::move(text), warning});
    }
}

std::vector<RunNote> RunNotes::take() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_untaken, {});
}

void RunNotes::measure(RunMetrics& out) const {
    const std::lock_guard lock(m_mutex);
    for (const auto& [node, notes] : m_nodes) {
        if (node.empty()) continue;  // said of the run
        out.nodes[node].notes.assign(notes.newest.begin(), notes.newest.end());
        out.nodes[node].noteCount = notes.count;
    }
}

}  // namespace rw
