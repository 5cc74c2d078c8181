#include "widgets/document/infer_columns.h"

#include "widgets/document/background.h"

namespace rw::ui {

void inferColumns(InferFn infer, Json params, std::string folder, QObject* receiver, ColumnsFound found) {
    const auto read = [infer, params = std::move(params), folder = std::move(folder)] {
        return infer(params, folder);
    };
    runInBackground(receiver, read, std::move(found));
}

}  // namespace rw::ui
