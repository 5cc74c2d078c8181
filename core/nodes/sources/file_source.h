// Shared by sources that read rows of some format: from files, or from standard input.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/connect/files/file_source.h"
#include "core/nodes/source_params.h"

namespace rw {

/// A bound source of files; formats derive from it.
class BoundFileSource : public BoundSource {
 public:
    FileSourceOptions files{};
};

/// `path`.
ParamSpec inputPathParam();
/// `follow`, `late_files`, `rate`, `replay_speed`.
std::vector<ParamSpec> paceParams();

/// Binds these parameters and, where there are `columns`, those of timingParams() for them; the rejected port
/// is behind port 0. Words the summary.
void bindFileSource(BindContext& context, const std::optional<Schema>& columns, BoundFileSource& bound);

/// The options for the decoder of a bound source's format.
DecoderOptions decoderOptions(const BoundSource& bound, const MakeContext& context);
/// A source of files with rows of this format.
Made makeFileSource(const BoundFileSource& bound, const MakeContext& context,
                    std::unique_ptr<RowFormat> format);

/// Where parameter `path` of a source points at, for inference.
std::string inputPathOf(const Json& params, const std::string& folder);
/// The columns of a schema as parameter `columns` has them.
std::vector<std::string> writeColumnDefs(const Schema& schema);

}  // namespace rw
