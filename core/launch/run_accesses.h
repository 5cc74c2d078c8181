// The accesses of a run outside the program: the list that the user agrees to, and its enforcement in the run.
#pragma once
#include <map>
#include <memory>
#include <vector>

#include "core/base/status.h"
#include "core/connect/files/agreed_files.h"
#include "core/pipeline/access.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"
#include "core/runtime/run.h"

namespace rw {

/// As it was when the user was asked, or did not need to be asked.
struct RunAccesses {
    std::vector<Access> accesses{};  ///< in the order of the nodes, each thing once
    AgreedPaths paths{};             ///< of all nodes that run, with the files that they led to
    std::map<NodeId, SubflowFileRef> subflows{};  ///< as they were read
};

/// Of a pipeline without errors; arguments as accessesOf() takes them. Follows links, opens nothing.
RunAccesses runAccesses(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                        const Validated& validated, bool onlyCharts = false);

/// Whether the run would still access nothing else: ErrorCode::Invalid where a link leads elsewhere by now, or
/// the file of a subflow was changed.
Status checkAccesses(const RunAccesses& agreed, const RunAccesses& now);

/// Has the run open files only where their paths led then.
void keepTo(const RunAccesses& agreed, RunOptions& options);
/// Has each check with these options find an error where the pipeline would access something else by now.
/// `catalogue` is kept.
void keepTo(const RunAccesses& agreed, Pipeline pipeline, std::shared_ptr<const Catalogue> catalogue,
            ValidateOptions& options);

}  // namespace rw
