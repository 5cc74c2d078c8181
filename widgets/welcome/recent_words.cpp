#include "widgets/welcome/recent_words.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>

#include "widgets/document/words.h"

namespace rw::ui {

namespace {

QString words(const char* text) {
    return QCoreApplication::translate("rw::ui::WelcomePage", text);
}

}  // namespace

QString shownFolder(const QString& path) {
    const QString folder = QFileInfo(path).absolutePath(), home = QDir::homePath();
    const bool below = folder == home || folder.startsWith(home + QLatin1Char('/'));
    return below ? QLatin1Char('~') + folder.mid(home.size()) : folder;
}

QString shownDate(const QDateTime& time, const QDate& today) {
    if (time.isNull()) return {};  // not known
    const QString clock = time.toString(QStringLiteral("HH:mm"));
    if (time.date() == today) return words(QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "Today %1")).arg(clock);
    if (time.date() == today.addDays(-1))
        return words(QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "Yesterday %1")).arg(clock);
    if (time.date().year() != today.year()) return time.date().toString(Qt::ISODate);
    //: A day of this year, in the letters of QDate::toString()
    const char* pattern = QT_TRANSLATE_NOOP("rw::ui::WelcomePage", "d MMM");
    return QLocale(languageName()).toString(time.date(), words(pattern));
}

}  // namespace rw::ui
