// What a save did to the file of the pipeline.
#pragma once
#include <QString>
#include <optional>
#include <string>

#include "core/base/time.h"
#include "widgets/document/origin.h"

namespace rw::ui {

/// What the file of a pipeline held.
struct FileText {
    std::string text{};
    Instant saved = 0;  ///< when the file was last changed
};

struct WrittenFile {
    QString pathBefore{};
    Origin originBefore{};
    std::string text{};
    std::optional<FileText> opened{};  ///< as it was opened, until the first save to it
    /// The pipeline that the save replaced; nothing where there was none, or the same text.
    std::optional<FileText> overwritten{};
};

}  // namespace rw::ui
