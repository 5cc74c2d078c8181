// Infers the columns of a source from its input, on another thread: a file on a slow disk would hold the
// window up.
#pragma once
#include <QObject>
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"
#include "widgets/document/consent/document_trust.h"

namespace rw::ui {

using ColumnsFound = std::function<void(const Result<std::vector<std::string>>&)>;

/// `params`: with the values of variables put in. `found` is called on the GUI thread, later, unless
/// `receiver` is gone by then. Of a folder or a pattern the first file by name is read.
///
/// `ask`: the files that may be looked at; a file out of reach is not read, which is an error to be told. Null:
/// the user chose the file.
void inferColumns(const NodeKind& kind, Json params, std::string folder, QObject* receiver,
                  ColumnsFound found, TrustQuestion ask = nullptr);

}  // namespace rw::ui
