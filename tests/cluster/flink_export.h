// A pipeline on Flink in the form that `rillwright export` writes, its files read and written as they are.
#pragma once
#include <filesystem>
#include <map>

#include "core/cluster/change_row.h"
#include "core/cluster/target.h"
#include "core/pipeline/pipeline.h"

namespace rw::cluster {

/// The rows that queries brought, of each chart.
using ShownRows = std::map<NodeId, std::vector<ChangeRow>>;

/// Gives the statements in, as a reader of the script would, and waits for the job. Relative paths start at
/// `folder`. `shown`: the queries of charts are asked, too.
Status runExport(const Target& flink, const Pipeline& pipeline, const std::filesystem::path& folder,
                 ShownRows* shown);

}  // namespace rw::cluster
