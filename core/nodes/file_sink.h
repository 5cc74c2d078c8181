// Shared by sinks that write rows into a file, or to standard output.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/data/batch.h"
#include "core/pipeline/node_kind.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

class Sink;

class BoundFileSink : public BoundNode {
 public:
    std::string path{};
    bool homely = false;  ///< in the pipeline's own folder, which is made when it is not there
    SchemaRef schema{};
    bool updating = false;
};

/// `path`.
ParamSpec outputPathParam();
/// Binds `path` and the input, and words the summary.
void bindFileSink(BindContext& context, BoundFileSink& bound);
/// Whether there is a folder for the file.
void checkFileFolder(const BoundNode& node, BindContext& context);

/// How rows are written.
struct RowsAsText {
    std::string head{};  ///< the first bytes of every file
    /// Appends a batch's rows; gives those that can't be written, by row, and leaves them out.
    std::function<sql::RowErrors(std::string& out, const Batch& batch)> append{};
};
/// `bound` must outlive the sink.
std::unique_ptr<Sink> makeFileSink(const BoundFileSink& bound, const MakeContext& context, RowsAsText rows);

}  // namespace rw
