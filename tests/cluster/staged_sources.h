// The copies of sources that core/compare makes, for cases in folders; and rows as CSV.
#pragma once
#include <filesystem>
#include <string>

#include "core/pipeline/node_kind.h"
#include "core/pipeline/pipeline.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

/// As core/compare/staged_sources.h, relative paths starting at `folder`. The error, or nothing.
std::string stageSources(const Pipeline& pipeline, const Catalogue& catalogue,
                         const std::filesystem::path& folder, const std::filesystem::path& staged);

/// A record with its line end: NULL is nothing, and an empty text is in quotes.
std::string csvLine(const golden::Row& row);

}  // namespace rw::cluster
