#include "widgets/document/words.h"

#include <QCoreApplication>

namespace rw::ui {

QString translated(const Text& text) {
    if (text.empty()) return {};
    const QString pattern = QCoreApplication::translate(text.context, text.key);
    const auto say = [](const Text& inner) { return translated(inner).toStdString(); };
    return QString::fromStdString(fillIn(pattern.toStdString(), text.args, say));
}

QString languageName() {
    //: The name of the language into which you translate, as its files are named: zh_CN
    return QCoreApplication::translate("language", "en");
}

}  // namespace rw::ui
