#include "widgets/document/help_text.h"

#include "widgets/document/translated.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

QString plainHelp(const Text& help) {
    return QString::fromStdString(withoutCodeMarks(translated(help).toStdString()));
}

QString helpTip(const Text& help) {
    return wrappedLines(plainHelp(help));
}

}  // namespace rw::ui
