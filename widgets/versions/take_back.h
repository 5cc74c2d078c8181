// Takes one change between a version and the pipeline back.
#pragma once
#include "widgets/versions/version_changes.h"

namespace rw::ui {

class PipelineDocument;

/// Makes the document in this one thing as `before`, in one step of undo. Why that can't be; empty: it was
/// done. `change` is of compareVersions() from `before` to a pipeline that the document may have left since.
QString takeBack(PipelineDocument& document, const Pipeline& before, const VersionChange& change);

}  // namespace rw::ui
