#include "widgets/document/words.h"

#include <QCoreApplication>

namespace rw::ui {

QString translated(const Text& text) {
    if (text.empty()) return {};
    const QString pattern = QCoreApplication::translate(text.context, text.key);
    return QString::fromStdString(fillIn(pattern.toStdString(), text.args));
}

}  // namespace rw::ui
