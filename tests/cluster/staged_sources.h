// The valid rows of sources as another engine reads them: the same rows here and there, whatever its CSV is.
#pragma once
#include <filesystem>
#include <string>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

/// Writes `<id>.csv` of each csv_source into the folder `staged`: no header, every value in quotes, NULL as
/// <NULL>. Relative paths start at `folder`. What went wrong, or nothing.
std::string stageSources(const Pipeline& pipeline, const Catalogue& catalogue,
                         const std::filesystem::path& folder, const std::filesystem::path& staged);

/// A record with its line end: NULL is nothing, and an empty text is in quotes.
std::string csvLine(const golden::Row& row);

}  // namespace rw::cluster
