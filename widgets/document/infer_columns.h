// Infers the columns of a source from its input.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

/// For a thread that may wait: a file on a slow disk would hold the window up.
using ColumnInference = std::function<Result<std::vector<std::string>>()>;

/// `params`: with the values of variables put in. Of a folder or a pattern the first file by name is read.
///
/// `ask`: the files that may be looked at; a file out of reach is not read, which is an error to be told.
/// Null: the user chose the file.
ColumnInference columnInference(const NodeKind& kind, Json params, std::string folder,
                                TrustQuestion ask = nullptr);

}  // namespace rw::ui
