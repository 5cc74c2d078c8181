// The cases of tests/cluster/cases: small pipelines over files as they are, for types of nodes that no golden
// case tries on a cluster. unit/deploy/kinds_tried looks after them.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/base/status.h"
#include "core/deploy/engine.h"
#include "core/pipeline/pipeline.h"
#include "tests/golden/compare.h"

namespace rw::cluster {

/// The rows of charts at their end.
using ChartRows = std::map<NodeId, std::vector<golden::Row>>;

/// Runs a pipeline where its files lie, on another engine.
using RunThere =
    std::function<Status(const Pipeline& pipeline, const std::filesystem::path& folder, ChartRows& charts)>;

/// Runs all cases that the engine does not refuse, but those with a file `needs_servers`, here and there,
/// each in a copy of its folder, and compares all that was written. Of FILE.sql a database FILE.sqlite is
/// made first. A chart has the rows of the CSV sink that stands behind the same node. Each difference is a
/// failed check.
void tryKinds(const std::filesystem::path& cases, Engine engine, const RunThere& run);
/// The same of one case alone, refused or not.
void tryCase(const std::filesystem::path& folder, Engine engine, const RunThere& run);

}  // namespace rw::cluster
