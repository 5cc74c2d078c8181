// The parameters that the source and the sink of WebHDFS share.
#pragma once
#include <optional>
#include <string>

#include "core/nodes/format_params.h"

namespace rw {

/// `connection`.
ParamSpec webhdfsConnectionParam();
/// `path`, with this help.
ParamSpec webhdfsPathParam(Text help);
/// Nothing: it is wrong, which is reported.
std::optional<std::string> bindWebhdfsPath(BindContext& context);
/// Those of a format that files of lines can have, without Avro.
std::vector<ParamSpec> lineFormatParams(std::vector<ParamSpec> params);

}  // namespace rw
