// Asks a source's input what its columns are, on another thread: a file on a slow disk would hold the window
// up.
#pragma once
#include <QObject>
#include <functional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::ui {

using ColumnsFound = std::function<void(const Result<std::vector<std::string>>&)>;

/// `params`: with the values of variables put in. `found` is called on the GUI thread, later, unless
/// `receiver` is gone by then.
void inferColumns(InferFn infer, Json params, std::string folder, QObject* receiver, ColumnsFound found);

}  // namespace rw::ui
