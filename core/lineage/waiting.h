// What keeps a window open: the source, or its partition, that holds the watermark back.
#pragma once
#include <optional>
#include <string>
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
/// `title`: what the source is called.
std::vector<Text> holderWords(const WatermarkHolder& holder, const std::string& title);

/// Of one node: a window that is open, and has rows, is why there is no row of it yet, whatever came too late
/// for it. So those that wait come first.
void putWaitingFirst(std::vector<MissingEnd>& ends);

}  // namespace rw
