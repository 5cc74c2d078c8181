#include "widgets/document/whole_file.h"

namespace rw::ui {

Status notWritten(const QSaveFile& file) {
    return {ErrorCode::Io,
            RW_TEXT("export", "“%1” could not be written: %2.")
                .with(file.fileName().toStdString(), file.errorString().toStdString()),
            RW_TEXT("export", "Choose another folder.")};
}

Status writeWhole(const QString& path, const std::string& text) {
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    const bool written =
        file.open(QIODevice::WriteOnly) && file.write(text.data(), size) == size && commitWhole(file);
    return written ? Status() : notWritten(file);
}

}  // namespace rw::ui
