#include "widgets/shortcuts/kept_keys.h"

#include <QSettings>

namespace rw::ui {

namespace {

constexpr char kGroup[] = "shortcuts";

}  // namespace

ChosenKeys keptKeys() {
    ChosenKeys chosen;
    QSettings settings;
    settings.beginGroup(QLatin1String(kGroup));
    const QStringList ids = settings.childKeys();
    for (const QString& id : ids) {
        const QString text = settings.value(id).toString();
        const QKeySequence keys = QKeySequence::fromString(text, QKeySequence::PortableText);
        const bool known = keys.toString(QKeySequence::PortableText) == text;
        if (known) chosen.insert(id, keys);
    }
    return chosen;
}

void keepKeys(const ChosenKeys& chosen) {
    QSettings settings;
    settings.beginGroup(QLatin1String(kGroup));
    settings.remove(QString());
    for (auto each = chosen.begin(); each != chosen.end(); ++each)
        settings.setValue(each.key(), each.value().toString(QKeySequence::PortableText));
}

}  // namespace rw::ui
