// Gives a look the rows of live sources: those that a run has kept, or those that were heard.
#pragma once
#include "core/listen/heard_store.h"
#include "core/look/heard_source.h"
#include "core/tape/tape_file.h"

namespace rw {

/// `kept`: the newest input of a run of this pipeline; null: none is kept. Of that and what was heard the
/// newer rows of a source count. `limits`: of each source.
HeardSources heardSources(HeardStore store, TapeFileRef kept = nullptr, SampleLimits limits = {});

}  // namespace rw
