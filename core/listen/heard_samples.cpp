#include "core/listen/heard_samples.h"

#include <algorithm>
#include <utility>

#include "core/listen/listening_node.h"
#include "core/look/collector.h"

namespace rw {

namespace {

bool isOf(const TapeSource& source, const Node& node, const BoundNode& bound) {
    const StreamType& rows = bound.outputs.front();
    return source.type == node.type && *source.schema == *rows.schema && source.several != rows.sourceOrder;
}

/// The newest rows of the source that a run has kept; nothing: it has none, or of other columns.
std::optional<HeardRows> keptOf(const TapeFile& tape, const Node& node, const NodeKind& kind,
                                const BoundNode& bound, const SampleLimits& limits) {
    const std::vector<TapeSource>& all = tape.head().start.sources;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const TapeSource& one) { return one.node == node.id; });
    if (found == all.end() || !isOf(*found, node, bound)) return std::nullopt;
    const Node* const ran = tape.head().start.pipeline.find(node.id);
    // It may read another topic by now, of the same columns.
    if (ran == nullptr || heardKey(*ran, kind, *found->schema) != heardKey(node, kind, *found->schema))
        return std::nullopt;
    const auto place = static_cast<std::size_t>(found - all.begin());
    std::size_t rows = limits.rows;
    // Of long rows fewer: a look keeps no more of a port.
    while (rows > 1 && bytesOfNewest(tape, place, rows) > CollectLimits().bytes) rows /= 2;
    Result<HeardRows> newest = newestOf(tape, place, rows);
    if (!newest.ok() || newest->count() == 0) return std::nullopt;
    return *std::move(newest);
}

}  // namespace

HeardSources heardSources(HeardStore store, TapeFileRef kept, SampleLimits limits) {
    return [store = std::move(store), kept = std::move(kept), limits](const Node& node, const NodeKind& kind,
                                                                      const BoundNode& bound) {
        HeardSource out;
        if (std::optional<NoLook> why = notHeard(node, bound)) {
            out.missing = std::move(why->message);
            out.fix = std::move(why->fix);
        } else {
            out.listens = true;
        }
        out.key = heardKey(node, kind, *bound.outputs.front().schema);
        std::optional<HeardRows> rows, heard = store.find(out.key);
        if (heard && !isOf(heard->source, node, bound)) heard.reset();
        if (kept) rows = keptOf(*kept, node, kind, bound, limits);
        // Who has listened since then wants to see what came.
        out.ofRun = rows && !(heard && heard->at > rows->at);
        if (!out.ofRun) rows = std::move(heard);
        if (!rows) return out;
        out.at = rows->at;
        out.sample = std::make_shared<SourceSample>(sampleOf(*rows));
        return out;
    };
}

}  // namespace rw
