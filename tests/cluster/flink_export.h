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

struct ExportAsked {
    ShownRows* shown = nullptr;  ///< the queries of charts are asked, too
    bool readFiles = false;      ///< columns have their types where the files allow it
};

/// Gives the statements in, as a reader of the script would, and waits for the job. Relative paths start at
/// `folder`.
Status runExport(const Target& flink, const Pipeline& pipeline, const std::filesystem::path& folder,
                 const ExportAsked& asked);

}  // namespace rw::cluster
