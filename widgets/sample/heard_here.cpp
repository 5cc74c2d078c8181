#include "widgets/sample/heard_here.h"

#include <utility>

#include "core/connect/files/system_files.h"

namespace rw::ui {

namespace {

/// A run may be writing it: what is whole by now is read, and only the newest rows are missing.
Result<TapeFileRef> tapeOf(const HeardHere& here, const std::function<bool()>& stop) {
    if (here.kept) return here.kept->tape(stop);
    if (here.tape.empty()) return TapeFileRef();
    RW_TRY_ASSIGN(const FileState state, systemFiles()->state(here.tape));
    return state.size > kLargestTape ? Result<TapeFileRef>(nullptr)
                                     : TapeFile::open(here.tape, nullptr, stop);
}

}  // namespace

HeardSource HeardOnce::find(const Node& node, const NodeKind& kind, const BoundNode& bound,
                            HeardSources& opened, const std::function<bool()>& stop) {
    const std::lock_guard lock(m_mutex);
    const auto known = m_known.find(node.id);
    if (known != m_known.end()) return known->second;
    HeardSource found = look(node, kind, bound, opened, stop);
    if (!stop()) m_known.emplace(node.id, found);
    return found;
}

HeardSource HeardOnce::look(const Node& node, const NodeKind& kind, const BoundNode& bound,
                            HeardSources& opened, const std::function<bool()>& stop) const {
    if (!opened) {
        Result<TapeFileRef> tape = tapeOf(m_here, stop);
        opened = heardSources(HeardStore(), tape.ok() ? *std::move(tape) : nullptr);
    }
    HeardSource known = opened(node, kind, bound);
    if (!m_here.inMemory) return known;
    const auto found = m_here.inMemory->find(known.key);
    if (found == m_here.inMemory->end() || (known.ofRun && known.at >= found->second.at)) return known;
    known.ofRun = false;
    known.at = found->second.at;
    known.sample = std::make_shared<SourceSample>(sampleOf(found->second));
    return known;
}

HeardSources heardSourcesOf(HeardOnceRef heard, std::function<bool()> stop) {
    // The parts of a tape stay on the disk only as long as the look has them.
    return [heard = std::move(heard), stop = std::move(stop), opened = std::make_shared<HeardSources>()](
               const Node& node, const NodeKind& kind, const BoundNode& bound) {
        return heard->find(node, kind, bound, *opened, stop);
    };
}

}  // namespace rw::ui
