// What keeps a window open: the source, or its partition, that holds the watermark back.
#pragma once
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"

namespace rw {

/// Who holds back the watermark of `node`, as it was at the end of the last run of `gatherer`; of a tape
/// since when. Nothing: all have ended, or rows carry no times.
std::optional<WatermarkHolder> whoHolds(const LineageQuestion& question, const Gatherer& gatherer,
                                        const NodeId& node);

/// In sentences: who it is, and what would close the window; since when it stands there.
std::vector<Text> holderWords(const WatermarkHolder& holder);

}  // namespace rw
