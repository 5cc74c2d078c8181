#include "widgets/document/translated.h"

#include <QCoreApplication>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

/// A user's own words and data, which may be of any length.
std::vector<TextArg> shownArgs(std::vector<TextArg> args) {
    for (TextArg& arg : args) {
        if (arg.text() == nullptr)
            arg = TextArg(shownText(QString::fromStdString(arg.literal()), kTipLength).toStdString());
    }
    return args;
}

}  // namespace

QString translated(const Text& text) {
    if (text.empty()) return {};
    const QString pattern = QCoreApplication::translate(text.context, text.key);
    const auto render = [](const Text& inner) { return translated(inner).toStdString(); };
    return QString::fromStdString(fillIn(pattern.toStdString(), shownArgs(text.args), render));
}

QString errorLines(const Error& error) {
    const QString what = translated(error.message);
    return error.fix.empty() ? what : what + QLatin1Char('\n') + translated(error.fix);
}

QString languageName() {
    //: The name of the language into which you translate, as its files are named: zh_CN
    return QCoreApplication::translate("language", "en");
}

}  // namespace rw::ui
