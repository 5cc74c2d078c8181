// Which rows of the sources brought the watermark to where something happened to the row that is explained.
#pragma once
#include <optional>

#include "core/lineage/gather.h"
#include "core/lineage/lineage.h"
#include "core/lineage/question.h"

namespace rw {

/// A row as it was when it was given: it may have been taken back, or may be.
struct RowVersion {
    /// The watermark at which a window gave it; nothing: no watermark made a node give it.
    std::optional<Instant> givenAt{};
};

/// Sets `firedAt`, `raisers` and `late` of an answer whose row and steps are there: of a row of a window by
/// when the window fired, of a row that came too late by when it was. An error as of Gatherer::gather().
Status findRaisers(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer,
                   const Asked& asked, const std::optional<RowVersion>& version, Lineage& lineage);

}  // namespace rw
