#include "widgets/sample/heard_here.h"

#include <utility>

namespace rw::ui {

HeardSources heardSourcesOf(const HeardHere& here) {
    TapeFileRef tape;
    if (here.kept) {
        if (Result<TapeFileRef> kept = here.kept->tape(); kept.ok()) tape = *std::move(kept);
    }
    HeardSources onDisk = heardSources(HeardStore(), std::move(tape));
    if (!here.inMemory || here.inMemory->empty()) return onDisk;
    return [onDisk = std::move(onDisk), inMemory = here.inMemory](const Node& node, const NodeKind& kind,
                                                                  const BoundNode& bound) {
        HeardSource known = onDisk(node, kind, bound);
        const auto found = inMemory->find(known.key);
        if (known.ofRun || found == inMemory->end()) return known;
        known.at = found->second.at;
        known.sample = std::make_shared<SourceSample>(sampleOf(found->second));
        return known;
    };
}

}  // namespace rw::ui
